package io.linewright.edge.app.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Parsers of single values; each throws IllegalArgumentException with the reason. */
final class Scalars {

  private static final Pattern DURATION = Pattern.compile("(\\d{1,12})(ms|s|min|m|h|d)");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,12})(B|KiB|MiB|GiB|TiB)?");

  /** {@code 100ms}, {@code 1s}, {@code 5min}, {@code 8h}, {@code 14d}; within the bounds. */
  static Function<String, Duration> duration(Duration least, Duration most) {
    return text -> {
      Matcher m = DURATION.matcher(text);
      if (!m.matches()) {
        throw new IllegalArgumentException("'" + shortened(text) + "' is not a duration");
      }
      long number = Long.parseLong(m.group(1));
      Duration duration =
          switch (m.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "h" -> Duration.ofHours(Math.min(number, 1_000_000));
            case "d" -> Duration.ofDays(Math.min(number, 100_000));
            default -> Duration.ofMinutes(Math.min(number, 100_000_000));
          };
      if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
        throw new IllegalArgumentException("'" + text + "' is out of range");
      }
      return duration;
    };
  }

  /** {@code 64MiB}, {@code 2GiB}; bytes without suffix. */
  static Function<String, Long> size(long least, long most) {
    return text -> {
      Matcher m = SIZE.matcher(text);
      if (!m.matches()) {
        throw new IllegalArgumentException("'" + shortened(text) + "' is not a size");
      }
      int power =
          switch (m.group(2)) {
            case "KiB" -> 1;
            case "MiB" -> 2;
            case "GiB" -> 3;
            case "TiB" -> 4;
            case null, default -> 0;
          };
      BigDecimal bytes = new BigDecimal(m.group(1)).multiply(new BigDecimal(1024).pow(power));
      if (bytes.compareTo(new BigDecimal(least)) < 0 || bytes.compareTo(new BigDecimal(most)) > 0) {
        throw new IllegalArgumentException("'" + text + "' is out of range");
      }
      return bytes.longValueExact();
    };
  }

  /** A whole number within the bounds. */
  static Function<String, Integer> integer(int least, int most) {
    return text -> {
      try {
        int value = Integer.parseInt(text);
        if (value >= least && value <= most) {
          return value;
        }
      } catch (NumberFormatException notANumber) {
        throw new IllegalArgumentException(
            "'" + shortened(text) + "' is not a whole number", notANumber);
      }
      throw new IllegalArgumentException("'" + text + "' is not in " + least + " to " + most);
    };
  }

  /** A finite number. */
  static double number(String text) {
    double number;
    try {
      number = Double.parseDouble(text);
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException("'" + shortened(text) + "' is not a number", notANumber);
    }
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("'" + text + "' is not a finite number");
    }
    return number;
  }

  /** {@code true} or {@code false}. */
  static boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException("'" + shortened(text) + "' is not a truth value");
    };
  }

  /** A constant of an enumeration by its name in the given form. */
  static <E extends Enum<E>> Function<String, E> oneOf(E[] constants, Function<E, String> name) {
    return text ->
        Arrays.stream(constants)
            .filter(c -> name.apply(c).equals(text))
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("'" + shortened(text) + "' is not known"));
  }

  /** Names of an enumeration for a piece of advice. */
  static <E extends Enum<E>> String names(E[] constants, Function<E, String> name) {
    return "use one of " + Arrays.stream(constants).map(name).collect(Collectors.joining(", "));
  }

  /** Lower case of the constant's name. */
  static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  static String shortened(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }

  private Scalars() {}
}
