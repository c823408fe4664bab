package io.linewright.simulator.process;

import io.linewright.simulator.condition.Chance;
import io.linewright.simulator.plant.LineDescription;
import io.linewright.simulator.plant.MachineDescription;
import io.linewright.simulator.plant.PlantDescription;
import io.linewright.simulator.plant.ShiftBreak;
import io.linewright.simulator.plant.SiteDescription;
import io.linewright.simulator.tag.PlantTag;
import io.linewright.simulator.tag.PlantTags;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A plant in motion: a discrete-event simulation in simulated time. The same description gives the
 * same sequence of (time, tag, value), however the time is cut into steps. Not thread-safe.
 */
public final class Plant {

  private static final long DAY_MICROS = Duration.ofDays(1).toMillis() * 1000;

  private final Agenda agenda = new Agenda();
  private final List<PlantTag> tags;
  private final TagValues values;
  private final List<MachineCell> cells = new ArrayList<>();

  /** Builds the plant; nothing happens before {@link #begin}. */
  public Plant(PlantDescription description) {
    tags = PlantTags.of(description);
    values = new TagValues(tags, agenda);
    int firstTag = 0;
    for (SiteDescription site : description.sites()) {
      for (LineDescription line : site.lines()) {
        firstTag = buildLine(line, description.seed(), firstTag);
      }
    }
    description.breaks().forEach(rest -> plan(rest, description));
  }

  /** All tags, by index. */
  public List<PlantTag> tags() {
    return tags;
  }

  /** Gives every tag its first value, at simulated time 0. Call once. */
  public void begin(ChangeSink sink) {
    values.passTo(sink);
    cells.forEach(MachineCell::begin);
  }

  /** Lets time pass up to that many µs after the start; {@code sink} takes all changes. */
  public void advanceTo(long micros, ChangeSink sink) {
    values.passTo(sink);
    agenda.runUntil(micros);
  }

  /** The machines, line by line; for tests of what no tag shows. */
  List<MachineCell> cells() {
    return cells;
  }

  private int buildLine(LineDescription line, long seed, int firstTag) {
    int next = firstTag;
    Buffer before = Buffer.world(agenda);
    for (int i = 0; i < line.machines().size(); i++) {
      MachineDescription machine = line.machines().get(i);
      boolean last = i == line.machines().size() - 1;
      Buffer behind = last ? Buffer.world(agenda) : Buffer.between(machine.buffer(), agenda);
      var chance = new Chance(seed, machine.path().toString());
      var output = new MachineOutput(values, next, machine.modbus().isPresent());
      cells.add(new MachineCell(machine, agenda, chance, output, before, behind));
      next += (int) tags.stream().filter(tag -> isOn(tag, machine)).count();
      before = behind;
    }
    return next;
  }

  private static boolean isOn(PlantTag tag, MachineDescription machine) {
    return tag.machine().path().equals(machine.path());
  }

  private void plan(ShiftBreak rest, PlantDescription description) {
    long untilFirst =
        Math.floorMod(
            Duration.between(description.startsAt(), rest.at()).toNanos() / 1000, DAY_MICROS);
    repeat(untilFirst, () -> cells.forEach(MachineCell::breakBegins));
    repeat(
        untilFirst + rest.length().toMillis() * 1000, () -> cells.forEach(MachineCell::breakEnds));
  }

  private void repeat(long at, Runnable event) {
    agenda.at(
        at,
        () -> {
          event.run();
          repeat(at + DAY_MICROS, event);
        });
  }
}
