package io.linewright.oee.element;

import io.linewright.oee.quantity.Quantity;

/**
 * How many items there were. Any of these may be negative: more may be rejected in an hour than
 * made in it, and somebody may correct what was counted before. Which of them are known at all is
 * said by {@link Elements#lacks}; those that are not are 0.
 *
 * @param produced PQ, all items, whatever became of them
 * @param good GQ, neither rejected nor to be made again
 * @param reject SQ
 * @param rework RQ
 * @param startUpReject of the rejected ones those that are lost with every start
 * @param inspected IP, looked at for the first time
 * @param goodFirstTime GP, of the inspected ones those that were good without rework
 * @param unplanned of all items those that were made in time in which none were planned
 * @param difference of all items those that are neither good, rejected nor to be made again, where
 *     counters of all of these tell so: they contradict each other, or some tell later
 * @param corrected whether somebody corrected a count
 */
public record Counts(
    Quantity produced,
    Quantity good,
    Quantity reject,
    Quantity rework,
    Quantity startUpReject,
    Quantity inspected,
    Quantity goodFirstTime,
    Quantity unplanned,
    Quantity difference,
    boolean corrected) {

  /** No items. */
  public static final Counts NONE =
      new Counts(
          Quantity.ZERO,
          Quantity.ZERO,
          Quantity.ZERO,
          Quantity.ZERO,
          Quantity.ZERO,
          Quantity.ZERO,
          Quantity.ZERO,
          Quantity.ZERO,
          Quantity.ZERO,
          false);

  /**
   * Of both.
   *
   * @throws ArithmeticException if a sum is not in ±2<sup>63</sup> millionths
   */
  public Counts plus(Counts other) {
    return new Counts(
        produced.plus(other.produced),
        good.plus(other.good),
        reject.plus(other.reject),
        rework.plus(other.rework),
        startUpReject.plus(other.startUpReject),
        inspected.plus(other.inspected),
        goodFirstTime.plus(other.goodFirstTime),
        unplanned.plus(other.unplanned),
        difference.plus(other.difference),
        corrected || other.corrected);
  }
}
