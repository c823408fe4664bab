package io.linewright.simulator.process;

import static io.linewright.simulator.process.Plants.HOUR;
import static io.linewright.simulator.process.Plants.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.model.machine.MachineState;
import io.linewright.model.sample.SampleValue;
import io.linewright.simulator.plant.PlantDescription;
import io.linewright.simulator.process.Plants.Change;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PlantTest {

  @Test
  void theSameSeedGivesTheSameSequenceHoweverTimeIsCut() {
    List<Change> inSmallSteps = Plants.run(Plants.demo(), HOUR / 4, SECOND / 100);
    List<Change> inOneStep = Plants.run(Plants.demo(), HOUR / 4, HOUR / 4);

    assertThat(inSmallSteps).hasSizeGreaterThan(30_000).isEqualTo(inOneStep);
  }

  @Test
  void anotherSeedGivesAnotherSequence() {
    List<Change> one = Plants.run(Plants.demo(), 60 * SECOND, SECOND);
    List<Change> other = Plants.run(Plants.demo().withSeed(99), 60 * SECOND, SECOND);

    assertThat(one).isNotEqualTo(other);
  }

  @Test
  void aMachineAddedElsewhereChangesNothingHere() {
    PlantDescription demo = Plants.demo();
    List<Change> before = ofLine(Plants.run(demo, 600 * SECOND, SECOND), "packaging");
    PlantDescription onlyPackaging =
        new PlantDescription(
            demo.seed(),
            demo.startsAt(),
            demo.breaks(),
            List.of(
                new io.linewright.simulator.plant.SiteDescription(
                    demo.sites().getFirst().path(),
                    List.of(demo.sites().getFirst().lines().getLast()))));

    assertThat(Plants.run(onlyPackaging, 600 * SECOND, SECOND)).isEqualTo(before);
  }

  @Test
  void timeNeverRunsBackAndEveryChangeIsAChange() {
    Map<String, SampleValue> last = new HashMap<>();
    long time = 0;
    for (Change change : Plants.run(Plants.troubled(), 2 * HOUR, SECOND)) {
      assertThat(change.micros()).isGreaterThanOrEqualTo(time);
      assertThat(change.value()).isNotEqualTo(last.put(change.tag(), change.value()));
      time = change.micros();
    }
  }

  @Test
  void noItemAppearsOrVanishesBetweenMachines() {
    var plant = new Plant(Plants.troubled());
    plant.begin((micros, tag, value) -> {});
    int mostInBuffer = 0;
    for (long time = 0; time <= 3 * HOUR; time += SECOND / 2) {
      plant.advanceTo(time, (micros, tag, value) -> {});
      List<MachineCell> cells = plant.cells();
      for (int i = 0; i < cells.size(); i++) {
        MachineCell cell = cells.get(i);
        long leftMachine = cell.output().good() + cell.output().reject();
        assertThat(cell.machine().taken())
            .as("items in and out of %s at %d", cell.description().name(), time)
            .isEqualTo(leftMachine + cell.machine().onTable());
        if (i + 1 < cells.size()) {
          assertThat(cell.output().good())
              .isEqualTo(cell.behind().level() + cells.get(i + 1).machine().taken());
          assertThat(cell.behind().level()).isBetween(0, cell.description().buffer());
          mostInBuffer = Math.max(mostInBuffer, cell.behind().level());
        }
      }
    }
    assertThat(mostInBuffer).isEqualTo(3);
    assertThat(plant.cells().getLast().output().good()).isGreaterThan(500);
  }

  @Test
  void countersOnlyGrowByOne() {
    Map<String, Long> last = new HashMap<>();
    long counted = 0;
    for (Change change : Plants.run(Plants.troubled(), 2 * HOUR, SECOND)) {
      if (change.tag().contains("#count/")
          && change.value() instanceof SampleValue.IntegerValue count) {
        Long before = last.put(change.tag(), count.value());
        assertThat(count.value()).isEqualTo(before == null ? 0 : before + 1);
        counted++;
      }
    }
    assertThat(counted).isGreaterThan(1000);
  }

  @Test
  void statesFollowPackMl() {
    Map<String, MachineState> last = new HashMap<>();
    Set<MachineState> seen = EnumSet.noneOf(MachineState.class);
    for (Change change : Plants.run(Plants.troubled(), 4 * HOUR, SECOND)) {
      if (change.tag().endsWith("#state")
          && change.value() instanceof SampleValue.IntegerValue number) {
        MachineState state = MachineState.of(number.value()).orElseThrow();
        MachineState before = last.put(change.tag(), state);
        if (before != null) {
          assertThat(LEGAL.get(before)).as("from %s", before).contains(state);
        }
        seen.add(state);
      }
    }
    assertThat(seen)
        .isEqualTo(
            EnumSet.complementOf(EnumSet.of(MachineState.COMPLETING, MachineState.COMPLETE)));
  }

  @Test
  void everyCauseIsNamedAndGoneWhenTheMachineWorksAgain() {
    Map<String, String> reasons = new HashMap<>();
    Set<String> causes = new HashSet<>();
    for (Change change : Plants.run(Plants.troubled(), 16 * HOUR, SECOND)) {
      String machine = change.tag().substring(0, change.tag().indexOf('#'));
      if (change.tag().endsWith("#stop-reason")) {
        String reason = text(change.value());
        reasons.put(machine, reason);
        causes.add(reason);
      } else if (change.tag().endsWith("#state") && text(change.value()).equals("9")) {
        assertThat(reasons.get(machine)).isIn("crash", "bearing", "11", "12");
      }
    }
    assertThat(causes)
        .contains("none", "starved", "blocked", "break", "tool-change", "jam", "crash", "bearing")
        .contains("0", "1", "3", "4", "10", "11", "12");
  }

  @Test
  void nobodyWorksDuringABreak() {
    long from = 32 * 60 * SECOND;
    long until = 44 * 60 * SECOND;

    Set<String> counted =
        Plants.run(Plants.troubled(), HOUR, SECOND).stream()
            .filter(change -> change.tag().contains("#count/good"))
            .filter(change -> change.micros() > from && change.micros() < until)
            .map(Change::tag)
            .collect(Collectors.toSet());

    assertThat(counted).isEmpty();
  }

  @Test
  void energyGrowsWithPower() {
    List<Change> changes = Plants.run(Plants.demo(), HOUR, SECOND);
    double[] energy =
        changes.stream()
            .filter(change -> change.tag().endsWith("mill-01#energy"))
            .mapToDouble(change -> ((SampleValue.DoubleValue) change.value()).value())
            .toArray();

    assertThat(energy).isSorted();
    assertThat(energy[energy.length - 1] - energy[0]).isBetween(2.4 * 0.3, 11.5 * 1.3);
  }

  private static List<Change> ofLine(List<Change> changes, String area) {
    return changes.stream().filter(change -> change.tag().contains("/" + area + "/")).toList();
  }

  private static String text(SampleValue value) {
    return switch (value) {
      case SampleValue.StringValue s -> s.value();
      case SampleValue.IntegerValue i -> Long.toString(i.value());
      default -> throw new AssertionError(value);
    };
  }

  /** Transitions of the PackML base state model, ISA-TR88.00.02-2022, figure 3. */
  private static final Map<MachineState, Set<MachineState>> LEGAL =
      new EnumMap<>(MachineState.class);

  static {
    legal(MachineState.STOPPED, MachineState.RESETTING);
    legal(MachineState.RESETTING, MachineState.IDLE);
    legal(MachineState.IDLE, MachineState.STARTING);
    legal(MachineState.STARTING, MachineState.EXECUTE);
    legal(MachineState.EXECUTE, MachineState.HOLDING, MachineState.SUSPENDING);
    legal(MachineState.HOLDING, MachineState.HELD);
    legal(MachineState.HELD, MachineState.UNHOLDING);
    legal(MachineState.UNHOLDING, MachineState.EXECUTE);
    legal(MachineState.SUSPENDING, MachineState.SUSPENDED);
    legal(MachineState.SUSPENDED, MachineState.UNSUSPENDING);
    legal(MachineState.UNSUSPENDING, MachineState.EXECUTE);
    for (MachineState state : LEGAL.keySet()) {
      LEGAL.get(state).add(MachineState.ABORTING);
      if (state != MachineState.STOPPED) {
        LEGAL.get(state).add(MachineState.STOPPING);
      }
    }
    legal(MachineState.STOPPING, MachineState.STOPPED, MachineState.ABORTING);
    legal(MachineState.ABORTING, MachineState.ABORTED);
    legal(MachineState.ABORTED, MachineState.CLEARING);
    legal(MachineState.CLEARING, MachineState.STOPPED, MachineState.ABORTING);
  }

  private static void legal(MachineState from, MachineState... to) {
    LEGAL.put(from, EnumSet.copyOf(List.of(to)));
  }
}
