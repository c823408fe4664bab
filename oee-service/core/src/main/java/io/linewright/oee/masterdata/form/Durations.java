package io.linewright.oee.masterdata.form;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as {@code 4200ms}, {@code 4.2s}, {@code 15m}, {@code 8h}, {@code 2d}. */
final class Durations {

  private static final Pattern FORM =
      Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)(ns|us|ms|s|min|m|h|d)");
  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

  private Durations() {}

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it is none, or longer than 292 years, or finer than 1 ns
   */
  static Duration read(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "'%s' is no length of time".formatted(Scalars.shown(text)));
    }
    BigDecimal nanos = new BigDecimal(form.group(1)).multiply(new BigDecimal(unit(form.group(2))));
    if (nanos.compareTo(MOST) > 0 || nanos.stripTrailingZeros().scale() > 0) {
      throw new IllegalArgumentException(
          "'%s' is too long, or finer than 1 ns".formatted(Scalars.shown(text)));
    }
    return Duration.ofNanos(nanos.longValueExact());
  }

  /** A whole number of the largest unit that fits. */
  static String write(Duration length) {
    long nanos = length.toNanos();
    for (String unit : new String[] {"d", "h", "m", "s", "ms", "us"}) {
      if (nanos % unit(unit) == 0 && nanos != 0) {
        return nanos / unit(unit) + unit;
      }
    }
    return nanos == 0 ? "0s" : nanos + "ns";
  }

  private static long unit(String name) {
    return switch (name) {
      case "ns" -> 1;
      case "us" -> 1_000;
      case "ms" -> 1_000_000;
      case "s" -> 1_000_000_000;
      case "h" -> 3_600_000_000_000L;
      case "d" -> 86_400_000_000_000L;
      default -> 60_000_000_000L;
    };
  }
}
