package io.linewright.edge.host;

import io.linewright.edge.host.birth.EquipmentMapping;
import io.linewright.model.command.CommandProgress;
import io.linewright.model.event.SamplesLost;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a host application is told at its start.
 *
 * @param mapping which equipment stands behind which address
 * @param reorderTime how long a missing message is waited for before a rebirth is requested
 *     (Sparkplug 3.0, tck-id-operational-behavior-host-reordering-param)
 * @param rebirthPause shortest time between two rebirth requests to one node; doubles with each
 * @param longestRebirthPause bound of the doubling; after so long a quiet time it starts anew
 * @param lossReader reads the JSON of a loss record; empty if it is not one
 * @param progressReader reads the JSON of a step of a command; empty if it is not one
 */
public record HostRules(
    EquipmentMapping mapping,
    Duration reorderTime,
    Duration rebirthPause,
    Duration longestRebirthPause,
    Function<String, Optional<SamplesLost>> lossReader,
    Function<String, Optional<CommandProgress>> progressReader) {

  /** Rules of a host that reads no steps of commands. */
  public HostRules(
      EquipmentMapping mapping,
      Duration reorderTime,
      Duration rebirthPause,
      Duration longestRebirthPause,
      Function<String, Optional<SamplesLost>> lossReader) {
    this(
        mapping,
        reorderTime,
        rebirthPause,
        longestRebirthPause,
        lossReader,
        text -> Optional.empty());
  }
}
