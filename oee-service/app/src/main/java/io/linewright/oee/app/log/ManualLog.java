package io.linewright.oee.app.log;

import io.linewright.kit.exactlyonce.SetAside;
import io.linewright.kit.problem.RefusedException;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.app.Times;
import io.linewright.oee.app.decode.Decoded.Told;
import io.linewright.oee.app.decode.EventPayload;
import io.linewright.oee.app.loss.LastWords;
import io.linewright.oee.app.mark.Marks;
import io.linewright.oee.app.registry.Handover;
import io.linewright.oee.app.registry.Machine;
import io.linewright.oee.app.registry.MachineAddress;
import io.linewright.oee.app.registry.Tracks;
import io.linewright.oee.event.MachineEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Puts what people tell of a station into its log, as events of a machine get there: each once, in
 * whatever order. In the transaction of the caller, who has locked the machine's line.
 */
public final class ManualLog {

  private static final byte[] NOTHING = {};

  private final EventParts parts;
  private final Tracks tracks;
  private final Handover handover;
  private final Marks marks;
  private final LastWords words;
  private final EventPayload payload;
  private final JdbcClient jdbc;
  private final int eventsPerDay;

  ManualLog(
      EventParts parts,
      Tracks tracks,
      Handover handover,
      Marks marks,
      LastWords words,
      EventPayload payload,
      JdbcClient jdbc,
      int eventsPerDay) {
    this.parts = parts;
    this.tracks = tracks;
    this.handover = handover;
    this.marks = marks;
    this.words = words;
    this.payload = payload;
    this.jdbc = jdbc;
    this.eventsPerDay = eventsPerDay;
  }

  /**
   * Stores events; how many are new.
   *
   * @param path where the station is
   * @throws RefusedException {@code conflict} if something else was told of one of the instants, or
   *     there are too many events
   */
  public long write(Machine machine, EquipmentPath path, List<MachineEvent> events) {
    // What is in memory of the log is told by the machine's revision that it is old.
    LogWriter writer =
        new LogWriter(
            parts, new LineCache(0), new TrackBook(tracks, handover), payload, eventsPerDay);
    ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("manual", 0, 0, NOTHING, NOTHING);
    List<Told> told =
        events.stream()
            .map(event -> new Told(record, MachineAddress.of(path), path.toString(), event, false))
            .toList();
    LogWriter.Row row =
        jdbc.sql(
                "SELECT revision, greatest(computed_until, reaches_until) FROM machine WHERE"
                    + " machine_id = ?")
            .param(machine.id())
            .query((found, n) -> new LogWriter.Row(found.getLong(1), Times.micros(found, 2)))
            .single();
    Map<Integer, Long> lastWords = words.of(List.of(machine.id()));
    LogWriter.Outcome outcome = writer.write(Map.of(machine, told), Map.of(machine.id(), row));
    for (SetAside refused : outcome.refused) {
      throw new RefusedException(
          HttpStatus.CONFLICT,
          "conflict",
          "Nothing was stored: %s; report another instant".formatted(refused.cause()));
    }
    marks.add("manual-report", outcome.touched);
    marks.add("manual-report", words.touched(lastWords, last(machine, events)));
    if (!outcome.changed.isEmpty()) {
      jdbc.sql("UPDATE machine SET revision = revision + 1 WHERE machine_id = ?")
          .param(machine.id())
          .update();
    }
    return outcome.logged;
  }

  private static Map<Integer, Long> last(Machine machine, List<MachineEvent> events) {
    Map<Integer, Long> last = new HashMap<>();
    events.forEach(event -> last.merge(machine.id(), event.key().micros(), Math::max));
    return last;
  }
}
