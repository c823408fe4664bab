package io.linewright.bench.load;

import io.linewright.model.equipment.EquipmentPath;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The tags of a bench: machines in lines of ten, each with as many tags of type double.
 *
 * @param machines number of machines
 * @param perMachine tags of each
 */
public record LoadTags(int machines, int perMachine) {

  private static final int PER_LINE = 10;

  /** Number of tags. */
  public int count() {
    return machines * perMachine;
  }

  /** Path of a machine. */
  public EquipmentPath machine(int machine) {
    return EquipmentPath.parse(
        "acme/graz/bench/line-%02d/machine-%03d".formatted(machine / PER_LINE, machine));
  }

  /** Name of a tag within its machine. */
  public String name(int tag) {
    return "value-%02d".formatted(tag);
  }

  /** {@code path#name} of a tag by its number among all. */
  public String key(int number) {
    return machine(number / perMachine) + "#" + name(number % perMachine);
  }

  /** All keys in the order of their numbers. */
  public List<String> keys() {
    return IntStream.range(0, count()).mapToObj(this::key).toList();
  }
}
