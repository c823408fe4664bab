package io.linewright.oee.kpi;

/**
 * What the standard leaves open. It is printed with the figures.
 *
 * @param divisor what mean times are divided by
 * @param noData what time without data is
 */
public record KpiOptions(FailureDivisor divisor, NoDataTreatment noData) {

  /** Failures as most plants count them, and time without data counts. */
  public static final KpiOptions DEFAULT =
      new KpiOptions(FailureDivisor.FAILURES, NoDataTreatment.COUNTS);
}
