package io.linewright.edge.app.command;

import io.linewright.edge.config.EdgeFile;
import io.linewright.edge.sampling.SampleSink;
import java.util.Optional;

/**
 * Writes of this gateway.
 *
 * @param desk what decides on them; empty if nothing is executed because the memory of commands
 *     cannot be read
 */
public record Commands(Optional<CommandDesk> desk) {

  /** The sink, and before it a look at every value that passes. */
  public SampleSink watching(SampleSink sink) {
    return desk.map(there -> there.watching(sink)).orElse(sink);
  }

  /** Goes by the guards of another gateway file. */
  public void take(EdgeFile next) {
    desk.ifPresent(there -> there.take(GatewayRules.of(next)));
  }
}
