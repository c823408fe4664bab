package io.linewright.oee.time;

/**
 * From this instant on something has this value.
 *
 * @param <V> what changes
 * @param micros microseconds since 1970-01-01T00:00:00Z
 * @param order among the changes of one instant, 0 or more: the highest holds. The ordinal of the
 *     event that told it, so that it does not depend on the order of arrival
 * @param value from then on
 */
public record Change<V>(long micros, int order, V value) {

  /**
   * @throws IllegalArgumentException if the order is negative
   */
  public Change {
    if (order < 0) {
      throw new IllegalArgumentException("the order of a change must be 0 or more, not " + order);
    }
  }
}
