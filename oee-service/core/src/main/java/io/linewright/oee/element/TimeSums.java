package io.linewright.oee.element;

import io.linewright.oee.slice.IsoElement;
import io.linewright.oee.slice.TimeCategory;
import io.linewright.oee.slice.TimeSlice;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * How long time was what. Sums are exact and do not depend on their order.
 *
 * @param micros microseconds of each category, 0 or more; copied without those that are 0
 */
public record TimeSums(Map<TimeCategory, Long> micros) {

  /** No time. */
  public static final TimeSums NONE = new TimeSums(Map.of());

  /**
   * @throws IllegalArgumentException if one is negative
   */
  public TimeSums {
    Map<TimeCategory, Long> copy = new EnumMap<>(TimeCategory.class);
    micros.forEach(
        (category, sum) -> {
          if (sum < 0) {
            throw new IllegalArgumentException(category + " cannot last " + sum + " µs");
          }
          if (sum > 0) {
            copy.put(category, sum);
          }
        });
    micros = Collections.unmodifiableMap(copy);
  }

  /** Of slices, each counted in full. */
  public static TimeSums of(List<TimeSlice> slices) {
    Map<TimeCategory, Long> sums = new EnumMap<>(TimeCategory.class);
    for (TimeSlice slice : slices) {
      sums.merge(slice.category(), slice.span().micros(), Math::addExact);
    }
    return new TimeSums(sums);
  }

  /**
   * Of both.
   *
   * @throws ArithmeticException if a sum is not below 2<sup>63</sup> µs
   */
  public TimeSums plus(TimeSums other) {
    Map<TimeCategory, Long> sums = new EnumMap<>(TimeCategory.class);
    sums.putAll(micros);
    other.micros.forEach((category, sum) -> sums.merge(category, sum, Math::addExact));
    return new TimeSums(sums);
  }

  /** Microseconds of a category, 0 or more. */
  public long of(TimeCategory category) {
    return micros.getOrDefault(category, 0L);
  }

  /** Microseconds of an element of the standard, 0 or more. */
  public long of(IsoElement element) {
    return sum(element::includes);
  }

  /** Microseconds of all categories: the calendar time, 0 or more. */
  public long calendar() {
    return sum(category -> true);
  }

  private long sum(Predicate<TimeCategory> which) {
    long sum = 0;
    for (Map.Entry<TimeCategory, Long> entry : micros.entrySet()) {
      if (which.test(entry.getKey())) {
        sum = Math.addExact(sum, entry.getValue());
      }
    }
    return sum;
  }
}
