package io.linewright.edge.app.uplink;

import io.linewright.edge.app.log.LanePositions;
import io.linewright.edge.app.log.LogRecord;
import io.linewright.edge.app.log.RecordLog;
import io.linewright.edge.app.sparkplug.OutgoingPayload;
import io.linewright.model.telemetry.Lane;
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
   * @param historical whether its values are not current
   */
  byte[] of(Lane lane, LogRecord.Stored record, int seq, long epoch, boolean historical) {
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
            historical,
            epoch,
            lane,
            record.position(),
            positions.previousOf(lane, record.position()),
            record.gatewayMicros(),
            OptionalLong.of(completeUntil(record)),
            Math.floorDiv(Math.max(record.gatewayMicros(), content.lastSourceMicros()), 1000L));
    return content.kind() == LogRecord.Kind.LOSS
        ? outgoing.text(
            new String(content.payload(), StandardCharsets.UTF_8),
            births.lossAlias(),
            aliases,
            envelope)
        : outgoing.data(content.payload(), aliases, envelope);
  }

  /** Nothing older is missing: up to the record itself, or to where the backlog begins. */
  private long completeUntil(LogRecord.Stored record) {
    Long oldest = positions.oldestBacklogOf(record.content().device());
    return oldest == null ? record.gatewayMicros() : Math.min(oldest, record.gatewayMicros());
  }
}
