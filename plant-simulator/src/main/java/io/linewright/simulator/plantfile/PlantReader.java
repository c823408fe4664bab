package io.linewright.simulator.plantfile;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.simulator.plant.LineDescription;
import io.linewright.simulator.plant.MachineDescription;
import io.linewright.simulator.plant.MachineType;
import io.linewright.simulator.plant.ModbusUnit;
import io.linewright.simulator.plant.PlantDescription;
import io.linewright.simulator.plant.ShiftBreak;
import io.linewright.simulator.plant.SiteDescription;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the blocks of a plant file. */
final class PlantReader {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final EquipmentPath ANYWHERE = EquipmentPath.parse("x/x/x/x/x");
  private static final MachineType ANY_TYPE =
      new MachineType(
          "any",
          MINUTE,
          0,
          0,
          0,
          0,
          Optional.empty(),
          Optional.empty(),
          List.of(),
          List.of(),
          Optional.empty());

  private final Fields file;
  private final Map<String, MachineType> types = new HashMap<>();
  private final Set<String> machineNames = new HashSet<>();
  private final Set<Integer> unitIds = new HashSet<>();

  PlantReader(Fields file) {
    this.file = file;
  }

  PlantDescription read() {
    file.required("version", 1, Values.integer(1, 1));
    long seed = file.optional("seed", 1L, Values::seed);
    LocalTime startsAt = file.optional("starts-at", LocalTime.of(6, 0), Values::timeOfDay);
    List<ShiftBreak> breaks = file.blocks("breaks").stream().map(this::shiftBreak).toList();
    file.block("machine-types")
        .ifPresentOrElse(
            block ->
                block
                    .namedBlocks()
                    .forEach((name, fields) -> types.put(name, TypeReader.read(name, fields))),
            () -> file.problem("machine-types", "is missing"));
    List<SiteDescription> sites = new ArrayList<>();
    Set<EquipmentPath> paths = new HashSet<>();
    for (Fields fields : file.someBlocks("sites")) {
      sites.add(site(fields, paths));
    }
    file.end();
    return new PlantDescription(seed, startsAt, breaks, sites);
  }

  private ShiftBreak shiftBreak(Fields fields) {
    var result =
        new ShiftBreak(
            fields.required("at", LocalTime.MIDNIGHT, Values::timeOfDay),
            fields.required("length", MINUTE, Values.duration(MINUTE, Duration.ofHours(12))));
    fields.end();
    return result;
  }

  private SiteDescription site(Fields fields, Set<EquipmentPath> paths) {
    EquipmentPath path = path(fields, Optional.empty(), 2, "enterprise/site", paths);
    List<LineDescription> lines = new ArrayList<>();
    for (Fields line : fields.someBlocks("lines")) {
      lines.add(line(line, path, paths));
    }
    fields.end();
    return new SiteDescription(path, lines);
  }

  private LineDescription line(Fields fields, EquipmentPath site, Set<EquipmentPath> paths) {
    EquipmentPath path = path(fields, Optional.of(site), 4, "area/line", paths);
    int buffer = fields.optional("buffer", 10, Values.integer(1, 100_000));
    List<MachineDescription> machines = new ArrayList<>();
    for (Fields machine : fields.someBlocks("machines")) {
      machines.add(machine(machine, path, buffer));
    }
    fields.end();
    return new LineDescription(path, machines);
  }

  private MachineDescription machine(Fields fields, EquipmentPath line, int lineBuffer) {
    String name = fields.required("name", "machine", Values::word);
    if (!machineNames.add(name)) {
      fields.problem("name", "'" + name + "' is used already; names are unique in the plant");
    }
    String typeName = fields.required("type", "", text -> text);
    MachineType type = types.getOrDefault(typeName, ANY_TYPE);
    if (!typeName.isEmpty() && !types.containsKey(typeName)) {
      fields.problem(
          "type",
          "'"
              + typeName
              + "' is none of the machine-types "
              + types.keySet().stream().sorted().toList());
    }
    int buffer = fields.optional("buffer", lineBuffer, Values.integer(1, 100_000));
    Optional<ModbusUnit> modbus = fields.block("modbus").map(this::modbusUnit);
    if (modbus.isPresent() && type.signals().isPresent()) {
      fields.problem("modbus", "a machine with load signals must speak OPC UA");
    }
    fields.end();
    return new MachineDescription(line.child(name), type, buffer, modbus);
  }

  private ModbusUnit modbusUnit(Fields fields) {
    int unitId = fields.required("unit-id", 1, Values.integer(1, 247));
    if (!unitIds.add(unitId)) {
      fields.problem("unit-id", unitId + " is used already");
    }
    ModbusUnit.WordOrder order =
        fields.optional(
            "word-order", ModbusUnit.WordOrder.ABCD, Values.oneOf(ModbusUnit.WordOrder.class));
    fields.end();
    return new ModbusUnit(unitId, order);
  }

  private static EquipmentPath path(
      Fields fields,
      Optional<EquipmentPath> parent,
      int depth,
      String form,
      Set<EquipmentPath> paths) {
    EquipmentPath harmless = new EquipmentPath(ANYWHERE.segments().subList(0, depth));
    EquipmentPath path =
        fields.required(
            "path",
            harmless,
            text -> {
              String whole = parent.map(p -> p + "/" + text).orElse(text);
              EquipmentPath read = EquipmentPath.parse(whole);
              if (read.segments().size() != depth) {
                throw new IllegalArgumentException("'" + text + "' must have the form " + form);
              }
              return read;
            });
    if (!path.equals(harmless) && !paths.add(path)) {
      fields.problem("path", "'" + path + "' is used already");
    }
    return path;
  }
}
