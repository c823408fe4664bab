package io.linewright.oee.order;

import io.linewright.model.equipment.EquipmentPath;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long an item takes at best, the planned run time per item (PRI) of ISO 22400-2.
 *
 * @param product id of the product, not empty; null: any for which there is no other
 * @param at the machine, or equipment above it for all machines below
 * @param cycle time of one item, 1 µs to 366 d; nanoseconds are kept
 * @param fromMicros from when on it holds, microseconds since 1970-01-01T00:00:00Z: the begin of a
 *     plant day, in the zone of the plant
 */
public record IdealCycle(
    @Nullable String product, EquipmentPath at, Duration cycle, long fromMicros) {

  private static final Duration SHORTEST = Duration.ofNanos(1_000);
  private static final Duration LONGEST = Duration.ofDays(366);

  /**
   * @throws IllegalArgumentException if the product has no id, or the time is out of range
   */
  public IdealCycle {
    if (product != null && product.isEmpty()) {
      throw new IllegalArgumentException("the product of an ideal cycle at " + at + " has no id");
    }
    if (cycle.compareTo(SHORTEST) < 0 || cycle.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "an ideal cycle takes 1 µs to 366 d, not " + cycle + ", at " + at);
    }
  }
}
