package io.linewright.bench.edgefault.judge;

import io.linewright.bench.edgefault.judge.Interruption.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * A time in which values of a source may be missing. Interruptions that touch are one gap, in which
 * as many pieces may be missing as it has interruptions.
 *
 * @param fromMicros begin, less what may have been under way
 * @param untilMicros when every machine of the source delivered again
 * @param pieces how many pieces may be missing per tag
 * @param gatewayDead whether the gateway was dead within, or had not begun to read again, so that
 *     no row tells of it
 */
record Gap(long fromMicros, long untilMicros, int pieces, boolean gatewayDead) {

  /** A publishing interval, a group commit, and delays of a busy machine. */
  static final long UNDER_WAY_MICROS = 2_000_000;

  boolean holds(long micros) {
    return micros >= fromMicros && micros <= untilMicros;
  }

  /**
   * The gaps of a source, in order.
   *
   * @param recovered when the source delivered again after an interruption
   */
  static List<Gap> of(
      List<Interruption> interruptions, Source source, ToLongFunction<Interruption> recovered) {
    List<Gap> single =
        interruptions.stream()
            .filter(interruption -> interruption.missing().contains(source))
            .map(
                interruption ->
                    new Gap(
                        interruption.beginMicros() - UNDER_WAY_MICROS,
                        recovered.applyAsLong(interruption),
                        1,
                        nobodyWatched(interruption, interruptions, recovered)))
            .sorted(Comparator.comparingLong(Gap::fromMicros))
            .toList();
    List<Gap> gaps = new ArrayList<>();
    for (Gap next : single) {
      if (!gaps.isEmpty() && gaps.getLast().untilMicros >= next.fromMicros) {
        gaps.add(gaps.removeLast().with(next));
      } else {
        gaps.add(next);
      }
    }
    return gaps;
  }

  /**
   * A server that is restarted while the gateway is dead or starts has nobody who could miss it.
   */
  private static boolean nobodyWatched(
      Interruption one, List<Interruption> all, ToLongFunction<Interruption> recovered) {
    return all.stream()
        .filter(Interruption::gatewayDead)
        .anyMatch(
            dead ->
                dead.beginMicros() <= one.endMicros()
                    && recovered.applyAsLong(dead) >= one.beginMicros());
  }

  private Gap with(Gap next) {
    return new Gap(
        fromMicros,
        Math.max(untilMicros, next.untilMicros),
        pieces + next.pieces,
        gatewayDead || next.gatewayDead);
  }
}
