package io.linewright.oee.kpi;

/** What the sums of times are divided by in the mean times between, to and to repair failures. */
public enum FailureDivisor {
  /** The number of failures, as most plants count. */
  FAILURES("FE"),
  /** One more, by the text of ISO 22400-2:2014: the time after the last failure counts as one. */
  FAILURES_PLUS_ONE("(FE + 1)");

  private final String formula;

  FailureDivisor(String formula) {
    this.formula = formula;
  }

  /** As it stands in a formula. */
  public String formula() {
    return formula;
  }

  double of(double failures) {
    return this == FAILURES ? failures : failures + 1;
  }
}
