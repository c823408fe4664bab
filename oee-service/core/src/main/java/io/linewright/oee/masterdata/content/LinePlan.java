package io.linewright.oee.masterdata.content;

import io.linewright.model.equipment.EquipmentLevel;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.line.LineTopology;
import io.linewright.oee.line.Station;
import io.linewright.oee.masterdata.form.Block;
import io.linewright.oee.masterdata.form.Scalar;
import io.linewright.oee.masterdata.form.Scalars;
import io.linewright.oee.masterdata.form.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * How a line is built.
 *
 * @param line its path
 * @param topology with the paths of the line and of its machines as names
 */
public record LinePlan(EquipmentPath line, LineTopology topology) implements Content {

  private static final int MOST = 200;
  private static final Scalar<EquipmentPath> LINE =
      OnEquipment.level("a line", EquipmentLevel.WORK_CENTER, EquipmentLevel.WORK_CENTER)
          .advising("write a path of four names such as acme/graz/body/line-1");

  @Override
  public String key() {
    return line.toString();
  }

  static Optional<LinePlan> read(Block block) {
    Optional<EquipmentPath> line = block.required("path", LINE);
    // Without its path the machines are read nevertheless, so that all faults are found.
    EquipmentPath path = line.orElse(EquipmentPath.parse("a/a/a/a"));
    Optional<EquipmentPath> key = block.optional("key-machine", machine(path));
    Set<EquipmentPath> machines = new HashSet<>();
    List<Station> stations = new ArrayList<>();
    Set<String> names = new HashSet<>();
    block
        .requiredValue("stations", "list them in the order in which items pass them")
        .map(list -> list.items(MOST, "list 1 to 200 stations"))
        .orElse(List.of())
        .forEach(item -> station(item.block(), path, machines, names).ifPresent(stations::add));
    if (block.isRight() && stations.isEmpty()) {
      block.fault("stations", "has no entry", "list at least one station");
    }
    if (key.isPresent() && block.isRight() && !machines.contains(key.get())) {
      block.fault(
          "key-machine",
          key.get().name() + " is in none of the stations",
          "name a machine of the line");
    }
    if (!block.isRight() || line.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new LinePlan(
            path,
            new LineTopology(path.toString(), stations, key.map(EquipmentPath::toString), 0)));
  }

  private static Optional<Station> station(
      Block block, EquipmentPath line, Set<EquipmentPath> all, Set<String> names) {
    List<String> machines = new ArrayList<>();
    List<String> shortNames = new ArrayList<>();
    for (Value item :
        block
            .requiredValue("machines", "list its machines, as [press-01]")
            .map(list -> list.items(MOST, "list 1 to 200 machines, as [press-01]"))
            .orElse(List.of())) {
      item.as(machine(line))
          .ifPresent(
              machine -> {
                if (!all.add(machine)) {
                  item.fault(machine.name() + " is already in the line", "name each machine once");
                }
                machines.add(machine.toString());
                shortNames.add(machine.name());
              });
    }
    if (machines.isEmpty() && block.isRight()) {
      block.fault("machines", "has no entry", "list its machines, as [press-01]");
    }
    int most = Math.max(1, machines.size());
    Optional<Long> minimum = block.optional("minimum", Scalars.whole(1, most));
    Optional<Long> buffer = block.optional("buffer", Scalars.whole(0, 1_000_000));
    String name =
        block.optional("name", Scalars.name("the station")).orElse(String.join("+", shortNames));
    block.end();
    if (!names.add(name) && block.isRight()) {
      block.fault("name", "there is another station " + name, "name each station once");
    }
    if (!block.isRight()) {
      return Optional.empty();
    }
    return Optional.of(
        new Station(
            name,
            machines,
            Math.toIntExact(minimum.orElse(1L)),
            buffer
                .map(items -> OptionalInt.of(Math.toIntExact(items)))
                .orElse(OptionalInt.empty())));
  }

  /** A machine of a line by its last name, or one of another line by its path. */
  private static Scalar<EquipmentPath> machine(EquipmentPath line) {
    return new Scalar<>(
        text -> {
          EquipmentPath path = EquipmentPath.parse(text);
          EquipmentPath machine = path.segments().size() == 1 ? line.child(text) : path;
          if (machine.level() != EquipmentLevel.WORK_UNIT) {
            throw new IllegalArgumentException("'%s' is no machine".formatted(path));
          }
          return machine;
        },
        machine ->
            machine.parent().filter(line::equals).isPresent() ? machine.name() : machine.toString(),
        "write the last name of its path as press-01; of a machine of another line the path");
  }
}
