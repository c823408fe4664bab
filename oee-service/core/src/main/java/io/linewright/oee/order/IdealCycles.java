package io.linewright.oee.order;

import io.linewright.model.equipment.EquipmentPath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The ideal cycles of a machine, or of many.
 *
 * @param list in any order; no two of the same product, equipment and begin
 */
public record IdealCycles(List<IdealCycle> list) {

  /** None. */
  public static final IdealCycles NONE = new IdealCycles(List.of());

  /** What makes one the better answer: nearer equipment, then later begin. */
  private static final Comparator<IdealCycle> NEARER =
      Comparator.<IdealCycle>comparingInt(cycle -> cycle.at().segments().size())
          .thenComparingLong(IdealCycle::fromMicros);

  /**
   * @throws IllegalArgumentException if two are of the same product, equipment and begin: nothing
   *     would say which holds
   */
  public IdealCycles {
    list = List.copyOf(list);
    Set<List<Object>> keys = new HashSet<>();
    for (IdealCycle cycle : list) {
      List<Object> key = new ArrayList<>();
      key.add(Optional.ofNullable(cycle.product()));
      key.add(cycle.at());
      key.add(cycle.fromMicros());
      if (!keys.add(key)) {
        throw new IllegalArgumentException("there is another ideal cycle beside " + cycle);
      }
    }
  }

  /**
   * The cycle of a product on a machine at an instant: that of the product at the nearest
   * equipment, from the machine upwards; without any, that for any product at the nearest. Of one
   * product and equipment the latest that has begun holds; one that has not begun is none.
   *
   * @param product id of the product; null if none is known
   * @param micros microseconds since 1970-01-01T00:00:00Z
   */
  public Optional<IdealCycle> of(EquipmentPath machine, @Nullable String product, long micros) {
    Optional<IdealCycle> exact =
        product == null ? Optional.empty() : nearest(machine, product, micros);
    return exact.isPresent() ? exact : nearest(machine, null, micros);
  }

  /**
   * The shortest cycle that a machine has at an instant for any product: what no counter of it can
   * be much faster than, whatever it makes. Empty if it has none.
   *
   * @param micros microseconds since 1970-01-01T00:00:00Z
   */
  public Optional<Duration> shortest(EquipmentPath machine, long micros) {
    Set<Optional<String>> products = new LinkedHashSet<>();
    list.forEach(cycle -> products.add(Optional.ofNullable(cycle.product())));
    return products.stream()
        .flatMap(product -> nearest(machine, product.orElse(null), micros).stream())
        .map(IdealCycle::cycle)
        .min(Comparator.naturalOrder());
  }

  private Optional<IdealCycle> nearest(
      EquipmentPath machine, @Nullable String product, long micros) {
    return list.stream()
        .filter(cycle -> Objects.equals(cycle.product(), product))
        .filter(cycle -> cycle.fromMicros() <= micros && cycle.at().contains(machine))
        .max(NEARER);
  }
}
