package io.linewright.ingest.quality;

/** What of a tag's values is judged; each is 0 (worst) to 1 (best). */
public enum QualityPart {
  /**
   * Values that came, of those expected by the tag's sampling; judged if it has one. One that did
   * not come because nothing changed counts as come.
   */
  COMPLETENESS(0.30),
  /** Whether 95 % of the values were stored soon enough after their source time. */
  TIMELINESS(0.20),
  /** Values that are not Bad, of all: there, of a number type finite. */
  VALIDITY(0.20),
  /** Valid values within the declared range; judged if there is one. */
  PLAUSIBILITY(0.15),
  /** Time without flat lines; judged for sampled doubles. */
  FLAT_LINE(0.075),
  /** Valid values that are no spikes; judged for doubles that lie on lines. */
  SPIKES(0.075);

  private final double weight;

  QualityPart(double weight) {
    this.weight = weight;
  }

  /** Share in the score; the weights of all add up to 1. */
  public double weight() {
    return weight;
  }
}
