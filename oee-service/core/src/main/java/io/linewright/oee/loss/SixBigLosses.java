package io.linewright.oee.loss;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The steps of a waterfall below the planned busy time as the six big losses. Together with what is
 * shown apart they are what the OEE index times the planned busy time lacks to all of it.
 *
 * @param micros microseconds of each that is known, of any sign; a loss is missing if part of it is
 *     not known; copied
 * @param unexplainedMicros stops that nobody has explained, 0 or more: they belong to breakdowns or
 *     to others
 * @param noDataMicros time without data, 0 or more
 * @param productMixMicros what is no loss, see {@link LossKind#PRODUCT_MIX}; 0 if it is not known
 */
public record SixBigLosses(
    Map<BigLoss, Long> micros, long unexplainedMicros, long noDataMicros, long productMixMicros) {

  public SixBigLosses {
    Map<BigLoss, Long> copy = new EnumMap<>(BigLoss.class);
    copy.putAll(micros);
    micros = Collections.unmodifiableMap(copy);
  }

  /** The same numbers, grouped. */
  public static SixBigLosses of(Waterfall waterfall) {
    Map<BigLoss, Long> micros = new EnumMap<>(BigLoss.class);
    for (LossStep step : waterfall.steps()) {
      step.kind().bigLoss().ifPresent(loss -> micros.merge(loss, step.micros(), Math::addExact));
    }
    return new SixBigLosses(
        micros,
        waterfall.lost(LossKind.UNEXPLAINED).orElse(0),
        waterfall.lost(LossKind.NO_DATA).orElse(0),
        waterfall.lost(LossKind.PRODUCT_MIX).orElse(0));
  }
}
