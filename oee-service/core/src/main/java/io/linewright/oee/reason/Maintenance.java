package io.linewright.oee.reason;

/** Whether a reason is maintenance, and of which kind, for the corrective maintenance ratio. */
public enum Maintenance {
  /** It is none. */
  NONE,
  /** Something is repaired: CMT of ISO 22400-2. */
  CORRECTIVE,
  /** It was planned: PMT of ISO 22400-2. */
  PLANNED
}
