package io.linewright.bench.edge;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The accept rule of a confirming host (docs/bridge.md, positions): per lane a record is taken once
 * and in order. Pure.
 */
final class Positions {

  /** What to do with a record. */
  enum Answer {
    TAKE,
    /** Known: its values are not counted again. */
    REPEAT,
    /** Something before it is missing: the gateway must send again. */
    GAP
  }

  private final Map<String, Long> last = new LinkedHashMap<>();
  private long epoch;

  /** A birth announced an epoch; positions of another one count no more. */
  void epoch(long announced) {
    if (announced != epoch) {
      last.clear();
      epoch = announced;
    }
  }

  /** Judges a record and, if it is taken, moves on. */
  Answer judge(String lane, long position, long previous) {
    long seen = last.getOrDefault(lane, 0L);
    if (position <= seen) {
      return Answer.REPEAT;
    }
    if (previous > seen) {
      return Answer.GAP;
    }
    last.put(lane, position);
    return Answer.TAKE;
  }

  /** The confirmation, as JSON. */
  String confirmation(String host, long nowMillis) {
    return "{\"host\":\"%s\",\"epoch\":%d,\"live\":%d,\"backfill\":%d,\"timestamp\":%d}"
        .formatted(
            host,
            epoch,
            last.getOrDefault("live", 0L),
            last.getOrDefault("backfill", 0L),
            nowMillis);
  }
}
