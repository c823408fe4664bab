package io.linewright.bench.outage;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Figures of one outage.
 *
 * @param outageValues changes while the uplink was cut, until it carried again
 * @param accumulateSeconds how long the plant changed at full pace while it was cut
 * @param drainSeconds from the restored line until the last of them could be read from Kafka
 * @param reconnectMillis from the restored line until the first live record
 * @param latencies live values' ways after that until the end of the drain, milliseconds
 * @param books what arrived against what was changed
 * @param heapMebibytes peak of the gateway's heap in use
 * @param rssMebibytes peak of the gateway's resident memory
 * @param survived whether the gateway was still alive at the end
 */
record OutageFigures(
    long outageValues,
    double accumulateSeconds,
    double drainSeconds,
    long reconnectMillis,
    List<Long> latencies,
    Books books,
    long heapMebibytes,
    long rssMebibytes,
    boolean survived) {

  /** Nearest rank; 0 without values. */
  static long percentile(List<Long> values, double part) {
    List<Long> sorted = values.stream().sorted().toList();
    int rank = (int) Math.ceil(part * sorted.size());
    return sorted.isEmpty() ? 0 : sorted.get(Math.max(0, rank - 1));
  }

  double accumulatePerSecond() {
    return outageValues / accumulateSeconds;
  }

  /** What was dropped on the way is not drained. */
  double drainPerSecond() {
    return (outageValues - books.verdict().lost()) / drainSeconds;
  }

  /** Whether every value arrived once or was told as lost, and the gateway lived. */
  boolean balanced() {
    return survived
        && books.verdict().sent() > 0
        && books.unaccounted() == 0
        && books.verdict().repeated() == 0
        && books.verdict().wrong() == 0;
  }

  /** The last line. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("bench", "outage");
    json.put("values", outageValues);
    json.put("accumulate_per_s", Math.round(accumulatePerSecond()));
    json.put("drain_per_s", Math.round(drainPerSecond()));
    json.put("live_p99_ms", percentile(latencies, 0.99));
    json.put("lost", books.unaccounted());
    json.put("accounted", books.accounted());
    json.put("heap_mb", heapMebibytes);
    json.put("rss_mb", rssMebibytes);
    json.put("live_p50_ms", percentile(latencies, 0.5));
    json.put("live_values", latencies.size());
    json.put("reconnect_ms", reconnectMillis);
    json.put("sent", books.verdict().sent());
    json.put("confirmed", books.verdict().stored());
    json.put("repeated", books.verdict().repeated());
    json.put("wrong", books.verdict().wrong());
    json.put("not_good", books.verdict().notGood());
    json.put("gateway_alive", survived);
    return json;
  }
}
