package io.linewright.gateway.app.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Collects the import map of the browser modules from the jars that bring them. */
final class ImportMap {

  private static final List<String> NEEDED =
      List.of(
          "lit",
          "lit/",
          "lit-html",
          "lit-html/",
          "lit-element",
          "lit-element/",
          "@lit/reactive-element",
          "@lit/reactive-element/");

  private ImportMap() {}

  /**
   * The import map as JSON.
   *
   * @throws IllegalStateException if a module is not on the class path
   */
  static String read(JsonMapper json) {
    Map<String, String> found = new TreeMap<>();
    try {
      Resource[] maps =
          new PathMatchingResourcePatternResolver()
              .getResources("classpath*:META-INF/importmap.json");
      for (Resource map : maps) {
        try (InputStream in = map.getInputStream()) {
          for (Map.Entry<String, JsonNode> entry : json.readTree(in).path("imports").properties()) {
            found.put(entry.getKey(), entry.getValue().asString());
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the import maps of the class path", e);
    }
    found.keySet().retainAll(NEEDED);
    if (!found.keySet().containsAll(NEEDED)) {
      throw new IllegalStateException(
          "the class path has the browser modules " + found.keySet() + ", needed are " + NEEDED);
    }
    return json.writeValueAsString(Map.of("imports", found));
  }
}
