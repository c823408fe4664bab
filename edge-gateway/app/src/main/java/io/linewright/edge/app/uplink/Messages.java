package io.linewright.edge.app.uplink;

import io.linewright.edge.app.log.LanePositions;
import io.linewright.edge.app.log.LogRecord;
import io.linewright.edge.app.log.RecordLog;
import io.linewright.edge.app.sparkplug.OutgoingPayload;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.OptionalLong;

/** Makes data messages of stored records. For the sending thread. */
final class Messages {

  private final LanePositions positions;
  private final Births births;
  private final InstantSource clock;
  private final OutgoingPayload outgoing = new OutgoingPayload();

  Messages(RecordLog log, Births births, InstantSource clock) {
    this.positions = log.positions();
    this.births = births;
    this.clock = clock;
  }

  /**
   * The payload of a record.
   *
   * @param seq its sequence number
   * @param epoch the epoch that the births told
   */
  byte[] of(Lanes.Next next, int seq, long epoch) {
    LogRecord.Stored record = next.record();
    LogRecord content = record.content();
    OutgoingPayload.Aliases aliases = births.aliases(content.device());
    if (aliases == null) {
      // Its device was forgotten while its record was still here: housekeeping does not allow it.
      throw new IllegalStateException("no aliases for device '" + content.device() + "'");
    }
    OutgoingPayload.Envelope envelope =
        new OutgoingPayload.Envelope(
            seq,
            clock.millis(),
            next.historical(),
            epoch,
            next.lane(),
            record.position(),
            next.previous(),
            record.gatewayMicros(),
            OptionalLong.of(completeUntil(record)),
            Math.floorDiv(Math.max(record.gatewayMicros(), content.lastSourceMicros()), 1000L));
    return switch (content.kind()) {
      case SAMPLES -> outgoing.data(content.payload(), aliases, envelope);
      case LOSS -> text(content, births.lossAlias(), aliases, envelope);
      case PROGRESS -> text(content, births.progressAlias(), aliases, envelope);
    };
  }

  private byte[] text(
      LogRecord content,
      long alias,
      OutgoingPayload.Aliases aliases,
      OutgoingPayload.Envelope envelope) {
    String json = new String(content.payload(), StandardCharsets.UTF_8);
    return outgoing.text(json, alias, aliases, envelope);
  }

  /** Nothing older is missing: up to the record itself, or to where the backlog begins. */
  private long completeUntil(LogRecord.Stored record) {
    Long oldest = positions.oldestBacklogOf(record.content().device());
    long complete = Math.min(record.gatewayMicros(), record.content().completeMicros());
    return oldest == null ? complete : Math.min(oldest - 1, complete);
  }
}
