package io.linewright.ingest.quality;

import java.time.Duration;
import java.util.Map;

/**
 * From where on values are not good enough.
 *
 * @param least least value of each part, 0 to 1; all parts
 * @param latest 95 % of the values are to be stored so soon after their source time; positive
 * @param flat an unchanged value is a flat line if it stays at least so long; positive
 * @param spike a value is a spike if it leaps away from the value before it and back to the one
 *     after it, both times by more than this many median steps of the day; above 1
 */
public record QualityRules(
    Map<QualityPart, Double> least, Duration latest, Duration flat, double spike) {

  /**
   * @throws IllegalArgumentException if a part is missing or a number out of its range
   */
  public QualityRules {
    least = Map.copyOf(least);
    for (QualityPart part : QualityPart.values()) {
      Double bound = least.get(part);
      if (bound == null || !(bound >= 0 && bound <= 1)) {
        throw new IllegalArgumentException(part + " needs a bound from 0 to 1, not " + bound);
      }
    }
    if (!latest.isPositive() || !flat.isPositive()) {
      throw new IllegalArgumentException("latest and flat must be positive");
    }
    if (!(spike > 1)) {
      throw new IllegalArgumentException("spike must be above 1, not " + spike);
    }
  }
}
