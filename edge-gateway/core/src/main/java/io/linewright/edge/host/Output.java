package io.linewright.edge.host;

import io.linewright.edge.host.birth.Declaration;
import io.linewright.edge.host.content.Batches;
import io.linewright.edge.host.content.Micros;
import io.linewright.edge.host.thin.Teller;
import io.linewright.edge.host.thin.Thinning;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagDescription;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.event.CloudEvent;
import io.linewright.model.event.EventTypes;
import io.linewright.model.event.MachineEvents;
import io.linewright.model.event.SamplesLost;
import io.linewright.model.machine.DeviceProgress;
import io.linewright.model.machine.EnergyScale;
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

/** The facts of one step in the making; hands out the sequence numbers of events, and thins. */
final class Output {

  private final NodeId id;
  private final Map<String, Long> sequences;
  private final Thinning thinning;
  private final List<HostFact> facts = new ArrayList<>();

  Output(SessionState before, long hostMicros) {
    this.id = before.id();
    this.sequences = new HashMap<>(before.ledger().sequences());
    this.thinning = new Thinning(before.thinned(), hostMicros, new ThinnedEvents());
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

  /** What is held back of energy and progress; births and the passing of time change it, too. */
  Thinning thinning() {
    return thinning;
  }

  /** The event of a value, if its tag's role raises events or tells energy. */
  void event(TagDescription tag, Sample sample, boolean historical) {
    TagRole role = tag.role();
    if (role.raisesEvents()) {
      if (role == TagRole.MACHINE_STATE) {
        thinning.state(tag.key().equipment(), sample.sourceMicros(), historical);
      }
      String line = MachineEvents.keyOf(tag.key().equipment());
      facts.add(
          new HostFact.MachineEvent(
              line,
              MachineEvents.of(id.eventSource(), tag.key(), role, sample, historical, next(line))));
    } else if (role.tellsEnergy()) {
      thinning.energy(tag, sample, historical);
    }
  }

  private OptionalLong next(String line) {
    return OptionalLong.of(sequences.merge(line, 1L, Long::sum));
  }

  /** What thinning lets through. */
  private final class ThinnedEvents implements Teller {

    @Override
    public void energy(TagKey tag, EnergyScale scale, Sample sample, boolean historical) {
      String line = MachineEvents.keyOf(tag.equipment());
      facts.add(
          new HostFact.MachineEvent(
              line,
              MachineEvents.energy(id.eventSource(), tag, scale, sample, historical, next(line))));
    }

    @Override
    public void progress(
        EquipmentPath device, long untilMicros, String recordId, boolean historical) {
      String line = MachineEvents.keyOf(device);
      Instant until = Micros.instant(untilMicros);
      facts.add(
          new HostFact.MachineEvent(
              line,
              new CloudEvent<>(
                  recordId + "#progress",
                  id.eventSource(),
                  EventTypes.MACHINE_PROGRESS,
                  until,
                  device.toString(),
                  next(line),
                  null,
                  new DeviceProgress(device.toString(), until, historical))));
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
                next(line),
                null,
                loss)));
  }
}
