package io.linewright.ingest.stage;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Books of one stage in one instance, as the stage states them. A figure that it does not state is
 * null, which is not 0.
 *
 * @param stage name of the stage, {@code driver}, {@code bridge}, {@code ingest.telemetry}
 * @param instance equipment path of the gateway or bridge, or name of the service's instance
 * @param in how many came in
 * @param out how many went on or were stored
 * @param setAside how many went to quarantine or were declared lost
 * @param duplicatesDropped how many were dropped as repeats
 * @param counters what else the stage counts, by name
 */
public record StageRow(
    String stage,
    String instance,
    @Nullable Long in,
    @Nullable Long out,
    @Nullable Long setAside,
    @Nullable Long duplicatesDropped,
    Map<String, Long> counters) {

  public StageRow {
    counters = Map.copyOf(counters);
  }
}
