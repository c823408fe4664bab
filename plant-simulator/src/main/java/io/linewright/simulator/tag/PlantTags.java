package io.linewright.simulator.tag;

import io.linewright.model.equipment.DataClass;
import io.linewright.model.equipment.TagDescription;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.equipment.TagName;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.equipment.ValueRange;
import io.linewright.model.sample.DataType;
import io.linewright.model.unit.UcumUnit;
import io.linewright.simulator.plant.LoadSignals;
import io.linewright.simulator.plant.MachineDescription;
import io.linewright.simulator.plant.PlantDescription;
import io.linewright.simulator.plant.SensorDescription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tags that machines have: the same basic ones for all, then sensors, then load signals. */
public final class PlantTags {

  /** Time between two changes of every heartbeat. */
  public static final Duration HEARTBEAT_INTERVAL = Duration.ofSeconds(1);

  /** Time between two measurements of every power meter. */
  public static final Duration POWER_INTERVAL = Duration.ofSeconds(1);

  private static final UcumUnit NO_UNIT = UcumUnit.ONE;
  private static final Duration QUICK = Duration.ofMillis(500);

  private final List<PlantTag> tags = new ArrayList<>();

  private PlantTags() {}

  /** All tags of the plant: machine by machine, in the order of {@link #basicNames}. */
  public static List<PlantTag> of(PlantDescription plant) {
    var all = new PlantTags();
    plant.machines().forEach(all::addMachine);
    return List.copyOf(all.tags);
  }

  /** Names of the tags that every machine has, in the order of their indices. */
  public static List<String> basicNames() {
    return List.of(
        "state",
        "stop-reason",
        "alarm",
        "count/good",
        "count/reject",
        "cycle-time",
        "power",
        "energy",
        "heartbeat");
  }

  /** Name of a load signal. */
  static String signalName(int number) {
    return "signal/%03d".formatted(number);
  }

  private void addMachine(MachineDescription machine) {
    Duration cycle = machine.type().cycleTime();
    DataType reason = machine.modbus().isPresent() ? DataType.INTEGER : DataType.STRING;
    add(machine, "state", DataType.INTEGER, NO_UNIT, TagRole.MACHINE_STATE, QUICK);
    add(machine, "stop-reason", reason, NO_UNIT, TagRole.STOP_REASON, QUICK);
    add(machine, "alarm", DataType.BOOLEAN, NO_UNIT, TagRole.ALARM, QUICK);
    add(machine, "count/good", DataType.INTEGER, NO_UNIT, TagRole.GOOD_COUNT, cycle);
    add(machine, "count/reject", DataType.INTEGER, NO_UNIT, TagRole.REJECT_COUNT, cycle);
    double longest = cycle.toMillis() / 1000.0 * 10;
    addNumber(machine, "cycle-time", "s", TagRole.CYCLE_TIME, new ValueRange(0, longest), cycle);
    double mostPower = Math.ceil(machine.type().runPower() * 3 + 1);
    var power = new ValueRange(0, mostPower);
    addNumber(machine, "power", "kW", TagRole.POWER, power, POWER_INTERVAL);
    addNumber(machine, "energy", "kW.h", TagRole.ENERGY, new ValueRange(0, 1e9), POWER_INTERVAL);
    add(machine, "heartbeat", DataType.INTEGER, NO_UNIT, TagRole.HEARTBEAT, HEARTBEAT_INTERVAL);
    for (SensorDescription s : machine.type().sensors()) {
      SensorDescription.Kind kind = s.kind();
      addNumber(
          machine, s.tag().value(), kind.unit().code(), kind.role(), kind.range(), s.interval());
    }
    machine.type().signals().ifPresent(signals -> addSignals(machine, signals));
  }

  private void addSignals(MachineDescription machine, LoadSignals signals) {
    for (int i = 1; i <= signals.count(); i++) {
      var range = new ValueRange(-1000, 1000);
      addNumber(machine, signalName(i), "1", TagRole.PROCESS_VALUE, range, signals.interval());
    }
  }

  private void add(
      MachineDescription machine,
      String name,
      DataType type,
      UcumUnit unit,
      TagRole role,
      Duration pace) {
    Optional<Duration> sampling = role == TagRole.HEARTBEAT ? Optional.of(pace) : Optional.empty();
    add(machine, name, type, unit, role, Optional.empty(), sampling, pace);
  }

  private void addNumber(
      MachineDescription machine,
      String name,
      String unit,
      TagRole role,
      ValueRange range,
      Duration pace) {
    Optional<Duration> sampling = role == TagRole.CYCLE_TIME ? Optional.empty() : Optional.of(pace);
    add(
        machine,
        name,
        DataType.DOUBLE,
        new UcumUnit(unit),
        role,
        Optional.of(range),
        sampling,
        pace);
  }

  private void add(
      MachineDescription machine,
      String name,
      DataType type,
      UcumUnit unit,
      TagRole role,
      Optional<ValueRange> range,
      Optional<Duration> sampling,
      Duration pace) {
    var key = new TagKey(machine.path(), new TagName(name));
    var description =
        new TagDescription(
            key, type, unit, role, range, sampling, DataClass.SITE, Optional.empty());
    tags.add(new PlantTag(tags.size(), machine, description, pace));
  }
}
