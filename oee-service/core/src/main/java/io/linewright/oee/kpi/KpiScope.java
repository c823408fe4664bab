package io.linewright.oee.kpi;

import io.linewright.oee.quantity.Quantity;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the question that figures answer, and is no sum of elements.
 *
 * @param orderMicros AOET if the question is about one order: from its begin on the first machine
 *     to its end on the last one, with transport and queues, 0 or more; null if it is about
 *     anything else
 * @param producedFirst PQ of the first operation, in the same time, order and product, if the
 *     topology of the line says which one that is; else null
 */
public record KpiScope(@Nullable Long orderMicros, @Nullable Quantity producedFirst) {

  /** A question about time and machines. */
  public static final KpiScope NONE = new KpiScope(null, null);

  /**
   * @throws IllegalArgumentException if the time is negative
   */
  public KpiScope {
    if (orderMicros != null && orderMicros < 0) {
      throw new IllegalArgumentException("an order cannot last " + orderMicros + " µs");
    }
  }
}
