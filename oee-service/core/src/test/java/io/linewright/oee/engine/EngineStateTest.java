package io.linewright.oee.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.oee.calendar.Plans;
import io.linewright.oee.element.Cell;
import io.linewright.oee.engine.input.MachineInput;
import io.linewright.oee.engine.input.MachineRules;
import io.linewright.oee.event.Loss;
import io.linewright.oee.event.TrackKind;
import io.linewright.oee.slice.TimeCategory;
import io.linewright.oee.state.Knowledge;
import io.linewright.oee.time.Span;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which state holds, how far it is known, and how long days are. */
class EngineStateTest {

  private static final int HOUR = 3_600;

  private final World world = new World(Plans.at("2026-03-10T06:00:00Z"));

  @Test
  void aTagNamedStateWinsAsSoonAsItTellsAnything() {
    execution(0, "RUNNING");
    execution(200, "IDLE");
    world.state(100, "DOWN");
    assertThat(seconds(0, 300, TimeCategory.PRODUCTION)).isEqualTo(100);
    assertThat(seconds(0, 300, TimeCategory.BREAKDOWN)).isEqualTo(200);
    assertThat(seconds(0, 300, TimeCategory.DELAY)).isZero();
  }

  @Test
  void theTagThatMasterDataNameWinsAndNothingIsKnownBeforeItTells() {
    world.state(0, "DOWN");
    execution(100, "RUNNING");
    world.rules(rules -> tag(rules, "execution"));
    assertThat(seconds(0, 300, TimeCategory.NO_DATA)).isEqualTo(100);
    assertThat(seconds(0, 300, TimeCategory.PRODUCTION)).isEqualTo(200);
  }

  @Test
  void ofTagsWithOtherNamesTheFirstByNameTells() {
    world.tell(0, TrackKind.STATE, "mode", "RUNNING");
    world.tell(100, TrackKind.STATE, "a", "DOWN");
    execution(200, "IDLE");
    assertThat(seconds(0, 100, TimeCategory.PRODUCTION)).isEqualTo(100);
    assertThat(seconds(100, 200, TimeCategory.BREAKDOWN)).isEqualTo(100);
    assertThat(seconds(200, 300, TimeCategory.DELAY)).isEqualTo(100);
  }

  @Test
  void whatIsNotDecidedIsPendingAndWhatIsDecidedHasNoData() {
    world.state(0, "RUNNING");
    know(OptionalLong.of(world.at(100)), 150);
    assertThat(seconds(0, 300, TimeCategory.PRODUCTION)).isEqualTo(100);
    assertThat(seconds(0, 300, TimeCategory.NO_DATA)).isEqualTo(50);
    assertThat(seconds(0, 300, TimeCategory.PENDING)).isEqualTo(150);
  }

  @Test
  void theLastStateHoldsForAWhileAfterTheLastWord() {
    world.state(0, "RUNNING");
    world.knowledge =
        new Knowledge(OptionalLong.empty(), world.at(50), world.at(HOUR), Duration.ofSeconds(60));
    assertThat(seconds(0, HOUR, TimeCategory.PRODUCTION)).isEqualTo(110);
    assertThat(seconds(0, HOUR, TimeCategory.NO_DATA)).isEqualTo(HOUR - 110);
  }

  @Test
  void aLossIsAGapUntilTheStateIsToldAgainAlsoIfItIsTheSame() {
    world.state(0, "RUNNING");
    world.state(400, "RUNNING");
    lost(100, 200, null);
    lost(500, 550, Set.of("good"));
    assertThat(seconds(0, 1_000, TimeCategory.NO_DATA)).isEqualTo(300);
    assertThat(seconds(250, 300, TimeCategory.NO_DATA)).isEqualTo(50);
    assertThat(seconds(0, 1_000, TimeCategory.PRODUCTION)).isEqualTo(700);
  }

  @Test
  void aLossFromBeforeTheTimeGoesOnUntilTheStateIsTold() {
    world.state(-10 * HOUR, "RUNNING");
    lost(-9 * HOUR, -8 * HOUR, Set.of("state"));
    assertThat(seconds(0, 100, TimeCategory.NO_DATA)).isEqualTo(100);
    world.state(50, "RUNNING");
    assertThat(seconds(0, 100, TimeCategory.NO_DATA)).isEqualTo(50);
  }

  @Test
  void aStopThatGoesOnIsNotSettled() {
    world.state(0, "RUNNING");
    world.state(95, "DOWN");
    know(OptionalLong.of(world.at(103)), 103);
    // Eight seconds so far: it counts as production, and may turn out to be a long stop.
    assertThat(seconds(0, 100, TimeCategory.PRODUCTION)).isEqualTo(100);
    assertThat(world.compute(0, 100).settledMicros()).isEqualTo(world.at(95));
    know(OptionalLong.of(world.at(200)), 200);
    assertThat(seconds(0, 100, TimeCategory.PRODUCTION)).isEqualTo(95);
    assertThat(world.compute(0, 100).settledMicros()).isEqualTo(world.at(95));
    world.state(150, "RUNNING");
    assertThat(world.compute(0, 100).settledMicros()).isEqualTo(world.at(100));
    assertThat(world.compute(0, 300).settledMicros()).isEqualTo(world.at(200));
  }

  @Test
  void aBreakThatGoesOnIsNotSettledAsAStopMayFollowThatExplainsIt() {
    world.calendar = World.early(Plans.zone("UTC"), "break");
    world.state(-HOUR, "RUNNING");
    int begin = 4 * HOUR;
    world.state(begin, "IDLE");
    world.state(begin + 1_800, "RUNNING");
    know(OptionalLong.of(world.at(begin + 600)), begin + 600);
    assertThat(world.compute(0, 8 * HOUR).settledMicros()).isEqualTo(world.at(begin));
    know(OptionalLong.of(world.at(begin + 1_900)), begin + 1_900);
    assertThat(world.compute(0, 8 * HOUR).settledMicros()).isEqualTo(world.at(begin + 1_900));
    // Outside of shifts nothing is open.
    world.state(8 * HOUR - 60, "DOWN");
    know(OptionalLong.of(world.at(9 * HOUR)), 9 * HOUR);
    assertThat(world.compute(0, 8 * HOUR).settledMicros()).isEqualTo(world.at(8 * HOUR));
  }

  @Test
  void whatIsDecidedIsSettled() {
    world.state(0, "RUNNING");
    know(OptionalLong.of(world.at(100)), 150);
    assertThat(world.compute(0, 300).settledMicros()).isEqualTo(world.at(150));
  }

  @ParameterizedTest
  @CsvSource({"2026-03-28,23,7", "2026-10-24,25,9", "2026-06-10,24,8"})
  void aDayAndANightAreAsLongAsTheClockMakesThem(String day, int hours, int night) {
    World vienna = new World(Plans.at(day + "T00:00:00Z"));
    vienna.calendar = Plans.threeShifts(Plans.VIENNA);
    vienna.state(-100 * HOUR, "RUNNING");
    List<Cell> cells = vienna.compute(0, 48 * HOUR).cells();
    List<Cell> its =
        cells.stream().filter(cell -> cell.key().plantDay().equals(Plans.day(day))).toList();
    assertThat(its)
        .extracting(cell -> cell.key().shift())
        .containsExactly("early", "late", "night");
    assertThat(its.stream().mapToLong(cell -> cell.elements().times().calendar()).sum())
        .isEqualTo(hours * HOUR * World.SECOND);
    assertThat(its.getLast().span().micros()).isEqualTo(night * HOUR * World.SECOND);
    assertThat(its.getLast().elements().times().of(TimeCategory.PRODUCTION))
        .isEqualTo(night * HOUR * World.SECOND);
  }

  @Test
  void allTimeCanBeAskedFor() {
    world.state(0, "RUNNING");
    Span end = new Span(MachineInput.ALL_TIME.toMicros() - 10, MachineInput.ALL_TIME.toMicros());
    Span begin =
        new Span(MachineInput.ALL_TIME.fromMicros(), MachineInput.ALL_TIME.fromMicros() + 10);
    assertThat(MachineEngine.compute(begin, List.of(), world).slices()).hasSize(1);
    assertThat(MachineEngine.compute(end, List.of(), world).slices()).hasSize(1);
  }

  private long seconds(int from, int to, TimeCategory category) {
    return world.sum(from, to).times().of(category) / World.SECOND;
  }

  private void know(OptionalLong complete, int decided) {
    world.knowledge = new Knowledge(complete, 0, world.at(decided), Duration.ZERO);
  }

  private void execution(int second, String word) {
    world.tell(second, TrackKind.STATE, "execution", word);
  }

  private void lost(int from, int to, @Nullable Set<String> tags) {
    world.losses.add(new Loss("loss at " + from, world.at(from), world.at(to), tags));
  }

  private static MachineRules tag(MachineRules rules, String tag) {
    return new MachineRules(
        rules.states(),
        tag,
        rules.counters(),
        rules.ofKind(),
        rules.stops(),
        rules.reasons(),
        rules.energy(),
        rules.holds(),
        rules.inspected(),
        rules.usually(),
        rules.itemsPerHour());
  }
}
