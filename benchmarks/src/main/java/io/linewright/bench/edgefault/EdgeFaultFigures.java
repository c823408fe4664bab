package io.linewright.bench.edgefault;

import io.linewright.bench.edgefault.judge.TagVerdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a drill found.
 *
 * @param faults how many were made
 * @param seed what they were drawn from
 * @param values every change against every stored row
 * @param losses losses that were told
 * @param repeatedEvents events that stand more than once
 * @param sequenceGaps holes in event sequences
 * @param silent tags that looked good while their source was cut, or do not deliver at the end
 * @param duplicatesDropped repeats that stages noticed and dropped
 * @param slowestRecoveryMillis longest time until everything was stored again
 * @param leftOut faults that this machine does not allow
 */
public record EdgeFaultFigures(
    int faults,
    long seed,
    TagVerdict values,
    int losses,
    long repeatedEvents,
    long sequenceGaps,
    long silent,
    long duplicatesDropped,
    long slowestRecoveryMillis,
    List<String> leftOut) {

  public EdgeFaultFigures {
    leftOut = List.copyOf(leftOut);
  }

  /** Rows and events that stand more than once. */
  public long repeated() {
    return values.rows().repeated() + repeatedEvents;
  }

  /** Whether all bars are held. */
  public boolean passed() {
    return values.rows().sent() > 0
        && values.rows().lost() == 0
        && repeated() == 0
        && values.rows().wrong() == 0
        && sequenceGaps == 0
        && silent == 0
        && duplicatesDropped > 0;
  }

  /** The last line of the bench. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("bench", "edge-faults");
    json.put("faults", faults - leftOut.size());
    json.put("seed", seed);
    json.put("sent", values.rows().sent());
    json.put("stored", values.rows().stored());
    json.put("lost", values.rows().lost());
    json.put("recorded_losses", losses);
    json.put("missing_recorded", values.recorded());
    json.put("missing_unseen", values.unseen());
    json.put("repeated", repeated());
    json.put("wrong", values.rows().wrong());
    json.put("silent_tags", silent);
    json.put("duplicates_dropped", duplicatesDropped);
    json.put("not_good", values.rows().notGood());
    json.put("sequence_gaps", sequenceGaps);
    json.put("slowest_recovery_ms", slowestRecoveryMillis);
    json.put("left_out", leftOut.size());
    return json;
  }
}
