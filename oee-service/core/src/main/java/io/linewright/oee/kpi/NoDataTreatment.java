package io.linewright.oee.kpi;

/** What time without data is. */
public enum NoDataTreatment {
  /** Planned busy time in which nothing is produced: a lost connection improves nothing. */
  COUNTS,
  /** No planned busy time: figures are about the time that is known. */
  EXCLUDED
}
