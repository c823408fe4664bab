package io.linewright.ingest.aggregate.config;

import io.linewright.model.sample.StatusCode;

/**
 * Status codes of computed values, and the info bits that tell how a value came about (OPC UA part
 * 13, clause 5.3; bit positions from part 4, clause 7.39). Raw is the absence of Calculated and
 * Interpolated.
 */
public final class AggregateStatus {

  /** There is no data to compute from. */
  public static final StatusCode BAD_NO_DATA = new StatusCode(0x809B0000);

  /** A value that claims a type which it has not, or is no number where one is needed. */
  public static final StatusCode BAD_TYPE_MISMATCH = StatusCode.BAD_TYPE_MISMATCH;

  /** Computed from too little Good data. */
  public static final StatusCode UNCERTAIN_DATA_SUB_NORMAL = new StatusCode(0x40A40000);

  /** The value was computed. */
  public static final int CALCULATED = 0x01;

  /** The value was interpolated between stored ones, or extrapolated. */
  public static final int INTERPOLATED = 0x02;

  /** The bucket lies only partly within the time of stored data: asked again, it may differ. */
  public static final int PARTIAL = 0x04;

  /** A stored value that supersedes others of the same instant. */
  public static final int EXTRA_DATA = 0x08;

  /** Several values at different instants meet the aggregate's condition. */
  public static final int MULTIPLE_VALUES = 0x10;

  private static final int HISTORIAN_BITS = 0x1F;
  private static final int INFO_TYPE_BITS = 0xC00;
  private static final int INFO_TYPE_DATA_VALUE = 0x400;

  private AggregateStatus() {}

  /**
   * The code with these info bits in place of its own historian bits; limit and overflow bits stay.
   *
   * @param info sum of constants of this class, 0 for Raw
   */
  public static StatusCode with(StatusCode code, int info) {
    int kept = code.bits() & ~(HISTORIAN_BITS | INFO_TYPE_BITS);
    return new StatusCode(kept | INFO_TYPE_DATA_VALUE | (info & HISTORIAN_BITS));
  }

  /** Severity and sub-code alone: the lower half is 0. */
  public static StatusCode code(StatusCode status) {
    return StatusCode.of(status.bits() & 0xFFFF0000);
  }

  /** The historian bits: sum of constants of this class, 0 for Raw. */
  public static int info(StatusCode status) {
    return status.bits() & HISTORIAN_BITS;
  }
}
