package io.linewright.ingest.quality;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How good the values of one tag on one day are.
 *
 * @param samples how many there are
 * @param expected how many were expected; 0: on change only, or none
 * @param missing how many of these did not come, and nothing tells that there was nothing to say
 * @param unchanged how many did not come while the device was alive and the tag not Bad: received
 *     by exception
 * @param delaySeconds from source time to storage, not exceeded by 95 %, at most 9 % too high;
 *     empty without samples
 * @param spikes how many values leap away and back
 * @param flatMicros how long flat lines are together
 * @param parts what could be judged, each 0 to 1
 */
public record QualityResult(
    long samples,
    long expected,
    long missing,
    long unchanged,
    OptionalDouble delaySeconds,
    long spikes,
    long flatMicros,
    Map<QualityPart, Double> parts,
    QualityRules rules) {

  public QualityResult {
    parts = Map.copyOf(parts);
  }

  /** Of a day of which nothing was expected, and nothing came. */
  public static QualityResult nothing(QualityRules rules) {
    return new QualityResult(0, 0, 0, 0, OptionalDouble.empty(), 0, 0, Map.of(), rules);
  }

  /** Weighted mean of the parts that could be judged; empty if none could. */
  public OptionalDouble score() {
    double sum = 0;
    double weights = 0;
    for (Map.Entry<QualityPart, Double> part : parts.entrySet()) {
      sum += part.getKey().weight() * part.getValue();
      weights += part.getKey().weight();
    }
    return weights == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / weights);
  }

  /** The parts that are below their bound. */
  public List<QualityPart> breaches() {
    return Arrays.stream(QualityPart.values())
        .filter(
            part -> {
              Double value = parts.get(part);
              return value != null && value < rules.least().getOrDefault(part, 0.0);
            })
        .toList();
  }
}
