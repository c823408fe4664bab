package io.linewright.simulator.plantfile;

import io.linewright.model.equipment.TagName;
import io.linewright.simulator.plant.LoadSignals;
import io.linewright.simulator.plant.MachineType;
import io.linewright.simulator.plant.SensorDescription;
import io.linewright.simulator.plant.StopCause;
import io.linewright.simulator.tag.PlantTags;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one machine type. */
final class TypeReader {

  private static final Duration TEN_MS = Duration.ofMillis(10);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration YEAR = Duration.ofDays(366);

  private TypeReader() {}

  static MachineType read(String name, Fields fields) {
    var type =
        new MachineType(
            name,
            fields.required(
                "cycle-time", HOUR, Values.duration(Duration.ofMillis(100), Duration.ofHours(24))),
            fields.optional("cycle-noise", 0.03, Values.number(0, 0.5)),
            fields.optional("scrap", 0.005, Values.number(0, 0.5)),
            fields.optional("run-power", 5.0, Values.number(0, 100_000)),
            fields.optional("idle-power", 1.0, Values.number(0, 100_000)),
            fields.ifPresent("tool-life", 1, Values.integer(1, 1_000_000)),
            fields.ifPresent("bearing-life", HOUR, Values.duration(HOUR, YEAR.multipliedBy(30))),
            stops(fields),
            sensors(fields),
            signals(fields));
    fields.end();
    return type;
  }

  private static List<StopCause> stops(Fields type) {
    List<StopCause> result = new ArrayList<>();
    Set<String> reasons = new HashSet<>(Set.of("none", "starved", "blocked", "break"));
    reasons.add(StopCause.TOOL_CHANGE.reason());
    Set<Integer> codes = new HashSet<>();
    for (Fields fields : type.blocks("stops")) {
      StopCause stop = stop(fields);
      if (!reasons.add(stop.reason())) {
        fields.problem("reason", "'" + stop.reason() + "' is used already or built in");
      }
      if (!codes.add(stop.code())) {
        fields.problem("code", stop.code() + " is used already in this type");
      }
      fields.end();
      result.add(stop);
    }
    return result;
  }

  private static StopCause stop(Fields fields) {
    return new StopCause(
        fields.required("reason", "unknown", Values::word),
        fields.required(
            "code", StopCause.FIRST_FREE_CODE, Values.integer(StopCause.FIRST_FREE_CODE, 65_535)),
        fields.required("kind", StopCause.Kind.MICRO_STOP, Values.oneOf(StopCause.Kind.class)),
        fields.required(
            "every", HOUR, Values.duration(Duration.ofSeconds(10), YEAR.multipliedBy(30))),
        fields.required("lasts", HOUR, Values.duration(Duration.ofSeconds(1), Duration.ofDays(30))),
        fields.optional(
            "driven-by", StopCause.Driver.NOTHING, Values.oneOf(StopCause.Driver.class)));
  }

  private static List<SensorDescription> sensors(Fields type) {
    List<SensorDescription> result = new ArrayList<>();
    Set<String> names = new HashSet<>(PlantTags.basicNames());
    for (Fields fields : type.blocks("sensors")) {
      TagName tag = fields.required("tag", new TagName("sensor"), TagName::new);
      if (!names.add(tag.value()) || tag.value().startsWith("signal/")) {
        fields.problem("tag", "'" + tag + "' is used already or built in");
      }
      result.add(
          new SensorDescription(
              tag,
              fields.required(
                  "kind",
                  SensorDescription.Kind.TEMPERATURE,
                  Values.oneOf(SensorDescription.Kind.class)),
              fields.required("base", 1.0, Values.number(0, 100_000)),
              fields.optional("interval", Duration.ofSeconds(1), Values.duration(TEN_MS, HOUR))));
      fields.end();
    }
    return result;
  }

  private static Optional<LoadSignals> signals(Fields type) {
    return type.block("signals")
        .map(
            fields -> {
              var signals =
                  new LoadSignals(
                      fields.required("count", 1, Values.integer(1, 10_000)),
                      fields.required(
                          "interval", HOUR, Values.duration(Duration.ofMillis(1), HOUR)));
              fields.end();
              return signals;
            });
  }
}
