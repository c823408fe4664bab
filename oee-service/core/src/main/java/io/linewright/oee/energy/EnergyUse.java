package io.linewright.oee.energy;

import io.linewright.oee.quantity.Quantity;
import io.linewright.oee.quantity.Ratio;
import io.linewright.oee.slice.TimeCategory;
import io.linewright.oee.slice.TimeSlice;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Energy that machines took in some time, divided by what the time was. Both divisions add up to
 * the same total. Sums are exact and do not depend on their order.
 *
 * @param byCategory kWh by what the time counts as; negative where more was fed back than taken;
 *     copied without those that are 0
 * @param byState kWh by native state, empty text where none is known; copied without those that are
 *     0, by name
 * @param coveredMicros how much of the time is known, summed over meters, 0 to {@code micros}
 * @param micros the time that is asked about, summed over meters, 0 or more
 */
public record EnergyUse(
    Map<TimeCategory, Quantity> byCategory,
    SortedMap<String, Quantity> byState,
    long coveredMicros,
    long micros) {

  /** No time, and no energy. */
  public static final EnergyUse NONE = new EnergyUse(Map.of(), new TreeMap<>(), 0, 0);

  /**
   * @throws IllegalArgumentException if the divisions do not add up to the same, or more is covered
   *     than there is
   */
  public EnergyUse {
    byCategory =
        Collections.unmodifiableMap(withoutZeros(new EnumMap<>(TimeCategory.class), byCategory));
    byState = Collections.unmodifiableSortedMap(withoutZeros(new TreeMap<>(), byState));
    if (!sum(byCategory).equals(sum(byState))) {
      throw new IllegalArgumentException(
          "the energy of categories %s is not that of states %s".formatted(byCategory, byState));
    }
    if (coveredMicros < 0 || coveredMicros > micros) {
      throw new IllegalArgumentException(coveredMicros + " µs are not covered of " + micros);
    }
  }

  /**
   * Of a stretch of one machine's time.
   *
   * @param curves of its meters
   * @param slices what its time was; ascending, without overlap
   */
  public static EnergyUse of(List<EnergyCurve> curves, List<TimeSlice> slices) {
    Map<TimeCategory, Quantity> categories = new EnumMap<>(TimeCategory.class);
    SortedMap<String, Quantity> states = new TreeMap<>();
    long covered = 0;
    long micros = 0;
    for (TimeSlice slice : slices) {
      for (EnergyCurve curve : curves) {
        Quantity kwh = curve.between(slice.span());
        categories.merge(slice.category(), kwh, Quantity::plus);
        states.merge(slice.state(), kwh, Quantity::plus);
        covered += curve.coveredMicros(slice.span());
        micros += slice.span().micros();
      }
    }
    return new EnergyUse(categories, states, covered, micros);
  }

  /**
   * Of both.
   *
   * @throws ArithmeticException if a sum is not in ±2<sup>63</sup> millionths of a kWh
   */
  public EnergyUse plus(EnergyUse other) {
    Map<TimeCategory, Quantity> categories = new HashMap<>(byCategory);
    other.byCategory.forEach((category, kwh) -> categories.merge(category, kwh, Quantity::plus));
    SortedMap<String, Quantity> states = new TreeMap<>(byState);
    other.byState.forEach((state, kwh) -> states.merge(state, kwh, Quantity::plus));
    return new EnergyUse(
        categories,
        states,
        Math.addExact(coveredMicros, other.coveredMicros),
        Math.addExact(micros, other.micros));
  }

  /** In kWh. */
  public Quantity total() {
    return sum(byCategory);
  }

  /** In kWh, in any time but production and setup: what it took to make nothing. */
  public Quantity idle() {
    return byCategory.entrySet().stream()
        .filter(entry -> isIdle(entry.getKey()))
        .map(Map.Entry::getValue)
        .reduce(Quantity.ZERO, Quantity::plus);
  }

  /** Idle energy as share of the total, 0 to 1 unless a machine feeds back. */
  public Ratio idleShare() {
    return new Ratio(idle().units(), total().units());
  }

  /** Share of the time that the meters tell something about, 0 to 1. */
  public Ratio coverage() {
    return new Ratio(coveredMicros, micros);
  }

  private static boolean isIdle(TimeCategory category) {
    return category != TimeCategory.PRODUCTION && category != TimeCategory.SETUP;
  }

  private static Quantity sum(Map<?, Quantity> parts) {
    return parts.values().stream().reduce(Quantity.ZERO, Quantity::plus);
  }

  private static <K, M extends Map<K, Quantity>> M withoutZeros(M copy, Map<K, Quantity> parts) {
    copy.putAll(parts);
    copy.values().removeIf(Quantity.ZERO::equals);
    return copy;
  }
}
