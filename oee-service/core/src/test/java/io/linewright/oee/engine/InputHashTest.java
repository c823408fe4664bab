package io.linewright.oee.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.linewright.oee.calendar.Plans;
import io.linewright.oee.count.CountCorrection;
import io.linewright.oee.count.CountKind;
import io.linewright.oee.downtime.StopWord;
import io.linewright.oee.engine.hash.InputHash;
import io.linewright.oee.event.TrackKind;
import io.linewright.oee.order.RunWord;
import io.linewright.oee.quantity.Quantity;
import io.linewright.oee.state.Knowledge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a result was computed from. */
class InputHashTest {

  private static final int HOUR = 3_600;

  @Test
  void theSameInputHasTheSameHashInEveryProcess() {
    MachineResult result = world().compute(0, HOUR);
    assertThat(result.cells()).hasSize(2);
    assertThat(result.inputs().apply(result.cells().getFirst()))
        .hasToString("dea3e4f668fb6bc841bd78ba336c5dae");
    assertThat(result.inputs().apply(result.cells().getLast()))
        .hasToString("f2b67bfecc3fe50f1c24865352e9ad56");
  }

  @Test
  void whatMattersChangesIt() {
    Map<String, Consumer<World>> changes = new LinkedHashMap<>();
    changes.put("state", world -> world.state(2_500, "DOWN"));
    changes.put("count", world -> world.count(2_500, TrackKind.GOOD, 14));
    changes.put("the reading before", world -> world.count(1_760, TrackKind.GOOD, 19));
    changes.put("the second before", world -> world.count(1_700, TrackKind.GOOD, 16));
    changes.put("energy", world -> world.tell(2_500, TrackKind.ENERGY, "meter", 2));
    changes.put("a tag that begins", world -> world.count(HOUR + 60, TrackKind.REWORK, 2));
    changes.put("signal", world -> world.tell(2_500, TrackKind.STOP_REASON, "why", "2"));
    changes.put(
        "calendar", world -> world.calendar = World.early(Plans.zone("UTC"), "06:50", "break"));
    changes.put("rules", world -> world.rules(rules -> EngineCellTest.usually(rules, "P8")));
    changes.put("cycle", world -> world.cycles.set(0, World.cycle(null, "PT3S")));
    changes.put(
        "run",
        world -> world.runs.add(new RunWord(1, "m", "PO-2", world.span(1_900, 2_000), "eve")));
    changes.put(
        "correction",
        world ->
            world.corrections.add(
                new CountCorrection(
                    1, "m", world.at(2_000), CountKind.GOOD, Quantity.of(1L), "eve", "")));
    changes.put(
        "word",
        world ->
            world.words.add(
                new StopWord.Classified(
                    new StopWord.Said(2, "m", world.span(2_000, 2_100), "eve", 0), "ram")));
    changes.put(
        "withdrawal",
        world ->
            world.words.add(
                new StopWord.Withdrawn(new StopWord.Said(2, "m", world.span(0, 1), "eve", 0), 1)));
    changes.put(
        "knowledge",
        world ->
            world.knowledge =
                new Knowledge(OptionalLong.of(world.at(3_000)), 0, world.at(3_000), Duration.ZERO));
    InputHash was = last(world());
    changes.forEach(
        (what, change) -> {
          World world = world();
          change.accept(world);
          assertThat(last(world)).as(what).isNotEqualTo(was);
        });
  }

  @Test
  void whatDoesNotMatterDoesNotChangeIt() {
    Map<String, Consumer<World>> changes = new LinkedHashMap<>();
    changes.put("a state hours later", world -> world.state(9 * HOUR, "DOWN"));
    changes.put("a state before the last one", world -> world.state(-9 * HOUR, "DOWN"));
    changes.put("an old count", world -> world.count(-9 * HOUR, TrackKind.GOOD, 0));
    changes.put(
        "a break hours later", world -> world.calendar = World.early(Plans.zone("UTC"), "lunch"));
    changes.put("another product's cycle", world -> world.cycles.add(World.cycle("P4", "PT9S")));
    changes.put(
        "a word about another time",
        world ->
            world.words.add(
                new StopWord.Classified(
                    new StopWord.Said(2, "m", world.span(8 * HOUR, 9 * HOUR), "eve", 0), "ram")));
    changes.put(
        "a correction of another time",
        world ->
            world.corrections.add(
                new CountCorrection(
                    1, "m", world.at(HOUR), CountKind.GOOD, Quantity.of(1L), "eve", "")));
    changes.put(
        "how far it is known later",
        world ->
            world.knowledge =
                new Knowledge(
                    OptionalLong.of(world.at(9 * HOUR)), 0, world.at(9 * HOUR), Duration.ZERO));
    InputHash was = last(world());
    changes.forEach(
        (what, change) -> {
          World world = world();
          change.accept(world);
          assertThat(last(world)).as(what).isEqualTo(was);
        });
  }

  @Test
  void itIsSixteenBytesAndOfOthersTheirOrderMatters() {
    InputHash one = InputHash.of(new byte[] {1});
    InputHash other = InputHash.of(new byte[] {2});
    assertThat(InputHash.ofBytes(one.bytes())).isEqualTo(one);
    assertThat(one.toString()).isEqualTo("4bf5122f344554c53bde2ebb8cd2b7e3");
    assertThat(InputHash.of(List.of(one, other)))
        .isNotEqualTo(InputHash.of(List.of(other, one)))
        .isEqualTo(InputHash.of(new ArrayList<>(List.of(one, other))));
    assertThatIllegalArgumentException().isThrownBy(() -> InputHash.ofBytes(new byte[15]));
  }

  private static InputHash last(World world) {
    MachineResult result = world.compute(0, HOUR);
    return result.inputs().apply(result.cells().getLast());
  }

  /** A shift's first hour with some of everything, in which the product changes. */
  private static World world() {
    World world = new World(Plans.at("2026-03-10T06:00:00Z"));
    world.calendar = World.early(Plans.zone("UTC"), "break");
    world.rules(rules -> World.with(rules, rules.stops(), EngineStopTest.tree(false)));
    world.cycles.add(World.cycle(null, "PT4S"));
    world.state(-HOUR, "RUNNING");
    world.state(600, "DOWN");
    world.tell(602, TrackKind.STOP_REASON, "why", "1");
    world.state(1_000, "RUNNING");
    world.tell(1_800, TrackKind.PRODUCT, "product", "P1");
    world.state(2_000, "MINOR_STOP");
    world.state(2_100, "RUNNING");
    for (int i = -3; i < 7; i++) {
      world.count(600 * i - 50, TrackKind.GOOD, 3 * i + 9);
      world.tell(600 * i, TrackKind.ENERGY, "meter", i / 2.0 + 5);
    }
    world.words.add(
        new StopWord.Classified(
            new StopWord.Said(1, "m", world.span(2_000, 2_100), "eve", 0), "change"));
    return world;
  }
}
