package io.linewright.simulator.plantfile;

import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Readers of single values; each says in its exception what would be right. */
final class Values {

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
  private static final Pattern WORD = Pattern.compile("[a-z0-9-]{1,64}");

  private Values() {}

  static Function<String, Integer> integer(int low, int high) {
    return text -> {
      try {
        int value = Integer.parseInt(text);
        if (value >= low && value <= high) {
          return value;
        }
      } catch (NumberFormatException notANumber) {
        // the same complaint as for a number out of bounds
      }
      throw complaint(text, "a whole number from " + low + " to " + high);
    };
  }

  static Long seed(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException notANumber) {
      throw complaint(text, "a whole number of at most 64 bits");
    }
  }

  static Function<String, Double> number(double low, double high) {
    return text -> {
      try {
        double value = Double.parseDouble(text);
        if (value >= low && value <= high) {
          return value;
        }
      } catch (NumberFormatException notANumber) {
        // the same complaint as for a number out of bounds
      }
      throw complaint(text, "a number from " + low + " to " + high);
    };
  }

  static Function<String, Duration> duration(Duration low, Duration high) {
    return text -> {
      Matcher matcher = DURATION.matcher(text);
      if (matcher.matches()) {
        Duration value = duration(Long.parseLong(matcher.group(1)), matcher.group(2));
        if (value.compareTo(low) >= 0 && value.compareTo(high) <= 0) {
          return value;
        }
      }
      throw complaint(
          text, "a duration such as 500ms, 8s, 20m, 4h or 2d, from " + low + " to " + high);
    };
  }

  static LocalTime timeOfDay(String text) {
    try {
      return LocalTime.parse(text);
    } catch (DateTimeParseException notATime) {
      throw complaint(text, "a time of day such as \"06:00\", in quotes");
    }
  }

  static String word(String text) {
    if (!WORD.matcher(text).matches()) {
      throw complaint(text, "1 to 64 characters of a-z, 0-9 and -");
    }
    return text;
  }

  static <E extends Enum<E>> Function<String, E> oneOf(Class<E> type) {
    return text -> {
      for (E value : type.getEnumConstants()) {
        if (kebab(value).equals(text) || value.name().equals(text)) {
          return value;
        }
      }
      throw complaint(
          text, "one of " + Arrays.stream(type.getEnumConstants()).map(Values::kebab).toList());
    };
  }

  private static String kebab(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Duration duration(long amount, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  private static IllegalArgumentException complaint(String text, String expected) {
    String shown = text.length() <= 60 ? text : text.substring(0, 60) + "…";
    return new IllegalArgumentException("'" + shown + "' must be " + expected);
  }
}
