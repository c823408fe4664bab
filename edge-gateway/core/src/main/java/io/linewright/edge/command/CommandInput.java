package io.linewright.edge.command;

import io.linewright.model.equipment.TagKey;
import io.linewright.model.sample.SampleValue;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** What happens to commands. Times are the gateway's, corrected by {@link HostClock}. */
public sealed interface CommandInput {

  /** When it happened. */
  Instant now();

  /**
   * A command came in.
   *
   * @param plant the tags that its guard's conditions name, as far as they are known
   */
  record Requested(Command command, Map<TagKey, Observed> plant, Instant now)
      implements CommandInput {}

  /** A driver says how a write ended. */
  record WriteEnded(UUID id, WriteResult result, Instant now) implements CommandInput {}

  /** A driver tells a value. */
  record ValueSeen(TagKey tag, Observed value, Instant now) implements CommandInput {}

  /** Time passes; wanted about every second. */
  record Tick(Instant now) implements CommandInput {}

  /** The gateway has started: writes that were under way ended nobody knows how. */
  record Restarted(Instant now) implements CommandInput {}

  /** The switch that stops all writes was turned. */
  record StopAll(boolean stopped, Instant now) implements CommandInput {}

  /** How a driver says that a write ended. */
  sealed interface WriteResult {

    /** The machine took it and was read: it holds the value. */
    record Verified(SampleValue held) implements WriteResult {}

    /** The machine took it and was read: it holds another value. */
    record Differs(SampleValue held) implements WriteResult {}

    /** The machine did not take it. */
    record Refused(String reason) implements WriteResult {}

    /** It was not sent in time and never will be. */
    record Expired() implements WriteResult {}

    /** Nobody knows. */
    record Unknown(String reason) implements WriteResult {}
  }
}
