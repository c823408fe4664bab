package io.linewright.gateway.app.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.util.HtmlUtils;

/**
 * An HTML page with gaps: {@code {{name}}} is filled with escaped text.
 *
 * @param html the page
 */
public record Page(String html) {

  private static final Pattern GAP = Pattern.compile("\\{\\{([a-z]+)}}");

  /**
   * The page of that file name among the module's pages.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Page read(String name) {
    try (InputStream in = Page.class.getResourceAsStream("/gateway-pages/" + name)) {
      if (in == null) {
        throw new IllegalArgumentException("there is no page " + name);
      }
      return new Page(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The page with its gaps filled.
   *
   * @throws IllegalArgumentException if a gap has no value
   */
  public String with(Map<String, String> values) {
    return GAP.matcher(html)
        .replaceAll(
            gap -> Matcher.quoteReplacement(HtmlUtils.htmlEscape(value(values, gap.group(1)))));
  }

  private static String value(Map<String, String> values, String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the page has a gap '" + name + "' that nothing fills");
    }
    return value;
  }
}
