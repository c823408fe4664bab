package io.linewright.oee.loss;

/** The six big losses of total productive maintenance. */
public enum BigLoss {
  /** It is broken. */
  BREAKDOWN("breakdowns"),
  /** It is set up or adjusted. */
  SETUP("setup and adjustment"),
  /** It stops shortly, waits, or could run and does not. */
  MINOR_STOPS("idling and minor stops"),
  /** It runs slower than the ideal cycle. */
  REDUCED_SPEED("reduced speed"),
  /** What is rejected after a start, until it runs well. */
  START_UP_REJECTS("start-up rejects"),
  /** What is rejected or made again at any other time. */
  PRODUCTION_REJECTS("production rejects");

  private final String title;

  BigLoss(String title) {
    this.title = title;
  }

  /** Its usual name. */
  public String title() {
    return title;
  }
}
