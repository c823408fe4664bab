package io.linewright.edge.host;

import io.linewright.edge.host.birth.Declaration;
import io.linewright.edge.host.content.Batches;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagDescription;
import io.linewright.model.event.CloudEvent;
import io.linewright.model.event.EventTypes;
import io.linewright.model.event.MachineEvents;
import io.linewright.model.event.SamplesLost;
import io.linewright.model.sample.Sample;
import io.linewright.model.telemetry.Lane;
import io.linewright.model.telemetry.TagSeries;
import io.linewright.model.telemetry.TelemetryBatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The facts of one step in the making; hands out the sequence numbers of events. */
final class Output {

  private final NodeId id;
  private final Map<String, Long> sequences;
  private final List<HostFact> facts = new ArrayList<>();

  Output(NodeId id, Map<String, Long> sequences) {
    this.id = id;
    this.sequences = new HashMap<>(sequences);
  }

  void add(HostFact fact) {
    facts.add(fact);
  }

  List<HostFact> facts() {
    return facts;
  }

  Map<String, Long> sequences() {
    return sequences;
  }

  void declare(Declaration one, long millis) {
    CloudEvent<?> event =
        new CloudEvent<>(
            one.key() + "@" + millis,
            id.eventSource(),
            one.type(),
            Instant.ofEpochMilli(millis),
            one.path().toString(),
            OptionalLong.empty(),
            null,
            one.content());
    facts.add(new HostFact.Declared(one.key(), event, one.shared()));
  }

  void write(
      EquipmentPath path,
      Lane lane,
      List<TagSeries> series,
      long gatewayMicros,
      OptionalLong completeUntil) {
    TelemetryBatch whole =
        new TelemetryBatch(path, id.group(), id.node(), gatewayMicros, completeUntil, series);
    for (TelemetryBatch part : Batches.split(whole)) {
      facts.add(new HostFact.Telemetry(lane, part));
    }
  }

  void event(TagDescription tag, Sample sample, boolean historical) {
    if (tag.role().raisesEvents()) {
      String line = tag.key().equipment().line().toString();
      OptionalLong sequence = OptionalLong.of(sequences.merge(line, 1L, Long::sum));
      facts.add(
          new HostFact.MachineEvent(
              line,
              MachineEvents.of(
                  id.eventSource(), tag.key(), tag.role(), sample, historical, sequence)));
    }
  }

  void lost(String eventId, SamplesLost loss) {
    EquipmentPath path = EquipmentPath.parse(loss.equipment());
    String line = path.line().toString();
    facts.add(
        new HostFact.MachineEvent(
            line,
            new CloudEvent<>(
                eventId,
                id.eventSource(),
                EventTypes.SAMPLES_LOST,
                loss.to(),
                loss.equipment(),
                OptionalLong.of(sequences.merge(line, 1L, Long::sum)),
                null,
                loss)));
  }
}
