package io.linewright.edge.app.logic;

import io.linewright.edge.clock.ClockPolicy;
import io.linewright.edge.clock.ClockSettings;
import io.linewright.edge.config.Connection;
import io.linewright.edge.config.DeviceSettings;
import io.linewright.edge.config.EdgeFile;
import io.linewright.edge.config.GatewayIdentity;
import io.linewright.edge.config.LogSettings;
import io.linewright.edge.config.Publication;
import io.linewright.edge.config.TagAddress;
import io.linewright.edge.config.TagSettings;
import io.linewright.edge.logic.report.Reporting;
import io.linewright.edge.logic.rule.Condition;
import io.linewright.edge.logic.rule.Rule;
import io.linewright.edge.logic.summary.Summary;
import io.linewright.edge.logic.summary.SummaryValue;
import io.linewright.edge.sampling.SampleSink;
import io.linewright.edge.sampling.StampedSample;
import io.linewright.model.equipment.DataClass;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagDescription;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.equipment.TagName;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.model.unit.UcumUnit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** A press whose values pass the stage; its clock and the gateway's are set by hand. */
final class StageRig {

  static final EquipmentPath PRESS = EquipmentPath.parse("acme/graz/body/line-1/press-01");

  /** Its values carry the gateway's time. */
  private static final String MODBUS = "modbus";

  /** Its values carry the press's time. */
  private static final String STAMPED = "stamped";

  static final long SECOND = 1_000_000;
  static final long START = Instant.parse("2026-11-20T08:00:00Z").getEpochSecond() * SECOND;

  /** What came through. */
  final Map<TagName, List<StampedSample>> out = new HashMap<>();

  final Map<TagName, StampedSample> stored = new HashMap<>();
  private final List<TagSettings> tags = new ArrayList<>();
  private final List<Summary> summaries = new ArrayList<>();
  private final List<Rule> rules = new ArrayList<>();
  private ClockSettings clock = ClockSettings.DEFAULT;
  private String connection = MODBUS;
  private Publication publication = new Publication(DataClass.SITE, true);
  private @Nullable EdgeStage stage;

  /** The gateway's clock. */
  long now = START;

  /** The press's clock less the gateway's. */
  long offset;

  /** How far the gateway's clock was set in sum. */
  private long set;

  StageRig tag(String name, Reporting reporting, DataClass dataClass) {
    tags.removeIf(tag -> tag.description().key().name().value().equals(name));
    tags.add(
        new TagSettings(
            new TagDescription(
                new TagKey(PRESS, new TagName(name)),
                DataType.DOUBLE,
                UcumUnit.ONE,
                TagRole.PROCESS_VALUE,
                Optional.empty(),
                Optional.empty(),
                dataClass,
                Optional.empty()),
            new TagAddress.OpcUaNode("i=1"),
            reporting));
    return this;
  }

  StageRig tag(String name) {
    return tag(name, Reporting.ALL, DataClass.SITE);
  }

  StageRig clock(ClockPolicy policy) {
    connection = STAMPED;
    clock =
        new ClockSettings(
            policy, Duration.ofSeconds(10), Duration.ofDays(7), Duration.ofMinutes(5), true);
    return this;
  }

  StageRig summary(String tag, String name, Duration window, SummaryValue... values) {
    summaries.add(
        new Summary(
            new TagName(tag), new TagName(name), window, List.of(values), Optional.empty()));
    return this;
  }

  StageRig rule(String name, String tag, Condition condition, Duration delay) {
    return rule(name, tag, condition, delay, Optional.empty());
  }

  StageRig rule(
      String name, String tag, Condition condition, Duration delay, Optional<DataClass> dataClass) {
    rules.removeIf(rule -> rule.name().value().equals(name));
    rules.add(
        new Rule(
            new TagName(name),
            new TagName(tag),
            condition,
            delay,
            Duration.ZERO,
            TagRole.ALARM,
            Optional.empty(),
            dataClass));
    return this;
  }

  static Reporting deadband(double deadband) {
    return new Reporting(OptionalDouble.of(deadband), Optional.empty(), Optional.empty());
  }

  static Reporting every(Duration least) {
    return new Reporting(OptionalDouble.empty(), Optional.of(least), Optional.empty());
  }

  EdgeFile file() {
    return new EdgeFile(
        new GatewayIdentity("acme:graz", "gw-1", "linewright", GatewayIdentity.Confirm.BRIDGE),
        LogSettings.DEFAULT,
        List.of(
            new Connection.ModbusTcp(
                MODBUS, "h", 502, Duration.ofSeconds(1), Duration.ofSeconds(1)),
            new Connection.OpcUa(
                STAMPED,
                "opc.tcp://h:4840",
                "None",
                "None",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Duration.ofMillis(250))),
        List.of(
            new DeviceSettings(
                PRESS, Optional.empty(), connection, 0, tags, Map.of(), clock, summaries, rules)),
        publication);
  }

  EdgeStage stage() {
    EdgeStage known = stage;
    if (known == null) {
      known =
          new EdgeStage(
              file(),
              new Sink(),
              (device, tag) -> stored.get(tag),
              (InstantSource) () -> Instant.ofEpochSecond(now / SECOND, now % SECOND * 1000),
              () -> (now - set) * 1000);
      stage = known;
    }
    return known;
  }

  private final class Sink implements SampleSink {
    @Override
    public void accept(EquipmentPath device, TagName tag, Sample sample) {
      accept(device, tag, StampedSample.of(sample));
    }

    @Override
    public void accept(EquipmentPath device, TagName tag, StampedSample stamped) {
      out.computeIfAbsent(tag, name -> new ArrayList<>()).add(stamped);
    }
  }

  /** The press says a number now. */
  void says(String tag, double number) throws InterruptedException {
    says(tag, number, now + offset);
  }

  void says(String tag, double number, long stamp) throws InterruptedException {
    stage()
        .accept(
            PRESS, new TagName(tag), new Sample(SampleValue.of(number), StatusCode.GOOD, stamp, 0));
  }

  /** Somebody sets the gateway's clock, not the device's. */
  void setGateway(long byMicros) {
    now += byMicros;
    set += byMicros;
    offset -= byMicros;
  }

  /** Seconds pass; the timer looks every 200 ms. */
  void pass(double seconds) throws InterruptedException {
    long end = now + Math.round(seconds * SECOND);
    while (now < end) {
      now = Math.min(end, now + SECOND / 5);
      stage().tick();
    }
  }

  List<StampedSample> of(String tag) {
    return out.getOrDefault(new TagName(tag), List.of());
  }

  /** Values of a tag, as numbers or texts. */
  List<@Nullable Object> values(String tag) {
    List<@Nullable Object> values = new ArrayList<>();
    for (StampedSample stamped : of(tag)) {
      values.add(
          switch (stamped.sample().value()) {
            case SampleValue.DoubleValue(double number) -> number;
            case SampleValue.IntegerValue(long number) -> number;
            case SampleValue.BooleanValue(boolean truth) -> truth;
            case SampleValue.StringValue(String text) -> text;
            case null, default -> null;
          });
    }
    return values;
  }

  StampedSample newest(String tag) {
    return of(tag).getLast();
  }
}
