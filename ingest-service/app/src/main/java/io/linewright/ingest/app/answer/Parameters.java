package io.linewright.ingest.app.answer;

import io.linewright.model.equipment.TagKey;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The parameters of a request. Every method throws {@link IllegalArgumentException} that says which
 * parameter is wrong and what to write instead.
 */
public final class Parameters {

  /** Longest width or step: a hundred years. */
  private static final Duration LONGEST = Duration.ofDays(36_525);

  /** A duration of ISO 8601 that {@link Duration} does not read. */
  private static final Pattern WEEKS = Pattern.compile("P([0-9]{1,6})W");

  private final Map<String, String[]> values;
  private final boolean json;

  /** Of these, as they were decoded from the URL. */
  public Parameters(Map<String, String[]> values) {
    this(values, false);
  }

  private Parameters(Map<String, String[]> values, boolean json) {
    this.values = values;
    this.json = json;
  }

  /**
   * Of a question that came as JSON: its fields, each a value or a list of values, as they were
   * written. So it is refused what the same question in a URL is.
   */
  public static Parameters of(JsonNode query) {
    if (!query.isObject()) {
      throw new IllegalArgumentException(
          "the body must be a JSON object like {\"tag\":[\"path#name\"], …}");
    }
    Map<String, String[]> values = new HashMap<>();
    for (Map.Entry<String, JsonNode> field : query.properties()) {
      JsonNode value = field.getValue();
      if (value.isArray()) {
        values.put(
            field.getKey(),
            value.valueStream().map(one -> text(field.getKey(), one)).toArray(String[]::new));
      } else if (!value.isNull()) {
        values.put(field.getKey(), new String[] {text(field.getKey(), value)});
      }
    }
    return new Parameters(values, true);
  }

  private static String text(String name, JsonNode value) {
    if (value.isNull()) {
      throw new IllegalArgumentException(name + " has a null; leave it out");
    }
    if (value.isContainer()) {
      throw new IllegalArgumentException(
          name + " must be a text, a number, true or false, or a list of these");
    }
    return value.asString();
  }

  /** How a parameter with that value is written in a request like this one. */
  public String written(String name, String value) {
    return json ? "\"%s\":\"%s\"".formatted(name, value) : inUrl(name, value);
  }

  /** The same of a parameter that may have several values. */
  public String listed(String name, String value) {
    return json ? "\"%s\":[\"%s\"]".formatted(name, value) : inUrl(name, value);
  }

  private static String inUrl(String name, String value) {
    return name + "=" + value.replace("#", "%23");
  }

  /** The only value of that name; null if there is none. */
  public @Nullable String one(String name) {
    String[] all = values.get(name);
    if (all == null || all.length == 0) {
      return null;
    }
    if (all.length > 1) {
      throw new IllegalArgumentException(
          "%s is given %d times; give it once".formatted(name, all.length));
    }
    return all[0];
  }

  /**
   * The only value of that name, which must be there.
   *
   * @param example a value to propose
   */
  public String required(String name, String example) {
    String value = one(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "%s is missing; write %s".formatted(name, written(name, example)));
    }
    return value;
  }

  /** All values of that name without repeats, in their order. */
  public List<String> all(String name) {
    String[] all = values.get(name);
    return all == null ? List.of() : Arrays.stream(all).distinct().toList();
  }

  /** The tags that the parameter {@code tag} names, at least one. */
  public List<TagKey> tags(int most) {
    List<String> named = all("tag");
    if (named.isEmpty()) {
      throw new IllegalArgumentException("tag is missing; write " + listed("tag", "path#name"));
    }
    if (named.size() > most) {
      throw new IllegalArgumentException(
          "%d tags are named, at most %d can be; ask in several requests"
              .formatted(named.size(), most));
    }
    return named.stream().map(TagKey::parse).toList();
  }

  /** A stretch of time of some length, by {@code from} and {@code to}. */
  public TimeRange range() {
    return TimeRange.of(instant("from"), instant("to"));
  }

  /** An instant in microseconds since the epoch. */
  public long instant(String name) {
    return Rfc3339.parse(name, required(name, "2026-01-31T06:00:00Z"));
  }

  /** A length of time in microseconds, positive. */
  public long micros(String name, String text) {
    Duration length;
    try {
      Matcher weeks = WEEKS.matcher(text);
      length =
          weeks.matches()
              ? Duration.ofDays(7 * Long.parseLong(weeks.group(1)))
              : Duration.parse(text);
    } catch (DateTimeParseException notALength) {
      throw new IllegalArgumentException(
          "%s must be a duration of ISO 8601 like PT10S, PT1M, P1D or P1W, not '%s'"
              .formatted(name, shortened(text)),
          notALength);
    }
    if (length.compareTo(LONGEST) > 0 || length.compareTo(Duration.ofNanos(1_000)) < 0) {
      throw new IllegalArgumentException(
          "%s must be a microsecond (PT0.000001S) to a hundred years, not %s"
              .formatted(name, length));
    }
    return length.toSeconds() * 1_000_000L + length.toNanosPart() / 1_000;
  }

  /** True, false, or null if it is not there. */
  public @Nullable Boolean flag(String name) {
    String text = one(name);
    return switch (text) {
      case null -> null;
      case "true" -> Boolean.TRUE;
      case "false" -> Boolean.FALSE;
      default ->
          throw new IllegalArgumentException(
              "%s must be true or false, not '%s'".formatted(name, shortened(text)));
    };
  }

  /** True or false. */
  public boolean flag(String name, boolean otherwise) {
    Boolean flag = flag(name);
    return flag == null ? otherwise : flag;
  }

  /** A whole number within bounds. */
  public int whole(String name, int otherwise, int least, int most) {
    String text = one(name);
    if (text == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // refused below
    }
    throw new IllegalArgumentException(
        "%s must be a whole number from %d to %d, not '%s'"
            .formatted(name, least, most, shortened(text)));
  }

  /** A constant by its name in lower case with hyphens. */
  public <E extends Enum<E>> E choice(String name, Class<E> type, E otherwise) {
    String text = one(name);
    return text == null ? otherwise : choice(name, text, type);
  }

  /** A constant by its name in lower case with hyphens. */
  public static <E extends Enum<E>> E choice(String name, String text, Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> text(constant).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s must be %s, not '%s'"
                        .formatted(
                            name,
                            Arrays.stream(type.getEnumConstants())
                                .map(Parameters::text)
                                .collect(Collectors.joining(" or ")),
                            shortened(text))));
  }

  /** A constant's name in lower case with hyphens. */
  public static String text(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What a client wrote, cut for a message. */
  public static String shortened(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
