package io.linewright.edge.app.bridge;

import io.linewright.edge.host.HostFact;
import io.linewright.edge.host.birth.Declaration;
import io.linewright.edge.host.ledger.NodeCounts;
import io.linewright.model.equipment.DataClass;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagDescription;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.equipment.TagName;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.event.CloudEvent;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.model.telemetry.Lane;
import io.linewright.model.telemetry.TagSeries;
import io.linewright.model.telemetry.TelemetryBatch;
import io.linewright.model.unit.UcumUnit;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The bridge's own books as values of tags, so that they travel and are stored like all others. */
final class StageReport {

  private static final String IN = "stage/bridge/in";
  private static final String OUT = "stage/bridge/out";
  private static final String SET_ASIDE = "stage/bridge/set-aside";
  private static final String DUPLICATES = "stage/bridge/duplicates-dropped";

  /** Rises with every report: who stores it sees that the bridge carries. */
  private static final String CANARY = "bridge/canary";

  /** Values of one report. */
  static final int VALUES = 5;

  private final EquipmentPath self;
  private final String group;
  private final String hostId;
  private long lastMicros;

  private StageReport(EquipmentPath self, String group, String hostId) {
    this.self = self;
    this.group = group;
    this.hostId = hostId;
  }

  /**
   * A report under the settings' site; empty if no site can be told or the id is no path segment.
   */
  static Optional<StageReport> of(BridgeSettings settings) {
    String group = settings.groups().getFirst();
    String site =
        settings.site() != null
            ? settings.site()
            : settings.groups().stream()
                .filter(g -> g.indexOf(':') > 0)
                .findFirst()
                .orElse(group)
                .replace(':', '/');
    try {
      return Optional.of(
          new StageReport(
              EquipmentPath.parse(site).child(settings.hostId()), group, settings.hostId()));
    } catch (IllegalArgumentException noPath) {
      return Optional.empty();
    }
  }

  EquipmentPath self() {
    return self;
  }

  /** What the bridge declares of itself. */
  List<HostFact.Declared> declarations(Instant now) {
    List<Declaration> all = new ArrayList<>(Declaration.equipment(self, null, group, hostId));
    for (String name : List.of(IN, OUT, SET_ASIDE, DUPLICATES)) {
      all.add(Declaration.tag(tag(name, TagRole.STAGE_COUNTER)));
    }
    all.add(Declaration.tag(tag(CANARY, TagRole.HEARTBEAT)));
    return all.stream().map(one -> declared(one, now)).toList();
  }

  private HostFact.Declared declared(Declaration one, Instant now) {
    CloudEvent<?> event =
        new CloudEvent<>(
            one.key() + "@" + now.toEpochMilli(),
            "/bridge/" + hostId,
            one.type(),
            now,
            one.path().toString(),
            OptionalLong.empty(),
            null,
            one.content());
    return new HostFact.Declared(one.key(), event, one.shared());
  }

  /** The books at an instant; every call has a later source time than the one before. */
  HostFact.Telemetry values(NodeCounts counts, Instant now) {
    long micros = Math.max(lastMicros + 1, ChronoUnit.MICROS.between(Instant.EPOCH, now));
    lastMicros = micros;
    List<TagSeries> series =
        List.of(
            one(IN, counts.in(), micros),
            one(OUT, counts.out(), micros),
            one(SET_ASIDE, counts.setAside(), micros),
            one(DUPLICATES, counts.duplicates(), micros),
            one(CANARY, TagRole.HEARTBEAT, micros / 1_000_000, micros));
    return new HostFact.Telemetry(
        Lane.LIVE, new TelemetryBatch(self, group, hostId, micros, OptionalLong.empty(), series));
  }

  private static TagSeries one(String name, long count, long micros) {
    return one(name, TagRole.STAGE_COUNTER, count, micros);
  }

  private static TagSeries one(String name, TagRole role, long count, long micros) {
    Sample sample = new Sample(SampleValue.of(count), StatusCode.GOOD, micros, 0);
    return new TagSeries(new TagName(name), DataType.INTEGER, role, List.of(sample));
  }

  private TagDescription tag(String name, TagRole role) {
    return new TagDescription(
        new TagKey(self, new TagName(name)),
        DataType.INTEGER,
        UcumUnit.ONE,
        role,
        Optional.empty(),
        Optional.empty(),
        DataClass.SITE,
        Optional.empty());
  }
}
