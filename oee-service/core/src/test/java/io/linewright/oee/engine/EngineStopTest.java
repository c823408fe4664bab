package io.linewright.oee.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.oee.calendar.Plans;
import io.linewright.oee.downtime.Stop;
import io.linewright.oee.downtime.StopRules;
import io.linewright.oee.downtime.StopWord;
import io.linewright.oee.element.Elements;
import io.linewright.oee.engine.input.MachineInput;
import io.linewright.oee.engine.input.MachineRules;
import io.linewright.oee.event.EventKey;
import io.linewright.oee.event.MachineEvent;
import io.linewright.oee.event.TrackKind;
import io.linewright.oee.event.TrackName;
import io.linewright.oee.reason.Maintenance;
import io.linewright.oee.reason.Reason;
import io.linewright.oee.reason.ReasonTree;
import io.linewright.oee.slice.TimeCategory;
import io.linewright.oee.slice.TimeSlice;
import io.linewright.oee.time.Span;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people and signals say of stops, near and far. */
public class EngineStopTest {

  private static final int HOUR = 3_600;

  private final World world = new World(Plans.at("2026-03-10T06:00:00Z"));

  @BeforeEach
  void itRuns() {
    world.state(-10 * HOUR, "RUNNING");
    world.rules(rules -> World.with(rules, StopRules.DEFAULT, tree(false)));
  }

  @Test
  void aWordIsAboutTheStopThatItIsAboutMostHoweverFarAwayThatIs() {
    stop(0, 600);
    stop(9_000, 9_360);
    say(new StopWord.Classified(said(1, 500, 3 * HOUR), "service"));
    // Asked for the first stop alone: the word covers a sixth of it, and all of another one.
    assertThat(categories(world.compute(0, 600))).containsOnly(TimeCategory.BREAKDOWN);
    assertThat(categories(world.compute(9_000, 9_360))).containsOnly(TimeCategory.PLANNED_STOP);
    assertThat(world.asked).isGreaterThan(2);
  }

  @Test
  void aStopIsWholeThoughOnlyAPartOfItIsAskedFor() {
    stop(0, 5 * HOUR);
    MachineResult part = world.compute(2 * HOUR, 2 * HOUR + 1);
    assertThat(part.stops()).extracting(Stop::span).containsExactly(world.span(0, 5 * HOUR));
    assertThat(part.extent().fromMicros()).isEqualTo(world.at(0) - 1);
    assertThat(part.extent().toMicros()).isEqualTo(world.at(5 * HOUR) + 1);
  }

  @Test
  void aReasonExplainsAStopUntilItIsTakenBack() {
    stop(0, 600);
    say(new StopWord.Classified(said(1, 0, 600), "change"));
    assertThat(categories(world.compute(0, 600))).containsOnly(TimeCategory.SETUP);
    say(new StopWord.Classified(said(2, 0, 600), "service"));
    assertThat(categories(world.compute(0, 600))).containsOnly(TimeCategory.PLANNED_STOP);
    say(new StopWord.Withdrawn(said(3, 0, 600), 2));
    assertThat(categories(world.compute(0, 600))).containsOnly(TimeCategory.SETUP);
    say(new StopWord.Unclassified(said(4, 0, 600)));
    assertThat(categories(world.compute(0, 600))).containsOnly(TimeCategory.BREAKDOWN);
  }

  @Test
  void aSplitStopIsTwo() {
    stop(0, 600);
    say(new StopWord.Split(said(1, 0, 600), world.at(200)));
    say(new StopWord.Classified(said(2, 200, 600), "change"));
    MachineResult result = world.compute(-60, 660);
    assertThat(result.stops())
        .extracting(Stop::span)
        .containsExactly(world.span(0, 200), world.span(200, 600));
    assertThat(result.stops()).extracting(Stop::reason).containsExactly(null, "change");
    assertThat(world.sum(-60, 660).stops()).isEqualTo(2);
    assertThat(world.sum(-60, 200).stops()).isEqualTo(1);
    assertThat(world.sum(200, 660).stops()).isEqualTo(1);
  }

  @Test
  void mergedStopsAreOneWithTheProductionBetween() {
    stop(0, 600);
    stop(620, 1_200);
    assertThat(world.compute(-60, 1_260).stops()).hasSize(2);
    say(new StopWord.Merged(said(1, 0, 1_200)));
    MachineResult merged = world.compute(-60, 1_260);
    assertThat(merged.stops()).extracting(Stop::span).containsExactly(world.span(0, 1_200));
    assertThat(world.sum(-60, 1_260).failures().onsets()).isEqualTo(1);
    // Asked for the second alone: the first decides about it.
    assertThat(world.compute(900, 960).stops())
        .extracting(Stop::span)
        .containsExactly(world.span(0, 1_200));
  }

  @Test
  void aSignalOfTheStopExplainsItFromItsBegin() {
    stop(0, 600);
    signal(2, "2");
    signal(601, "3");
    assertThat(categories(world.compute(0, 600))).containsOnly(TimeCategory.SETUP);
    assertThat(world.compute(0, 600).stops()).extracting(Stop::reason).containsExactly("change");
  }

  @Test
  void aSignalWithABadStatusIsNone() {
    stop(0, 600);
    EventKey key = new EventKey(world.at(2), new TrackName(TrackKind.STOP_REASON, "why"), 0);
    world.events.add(MachineEvent.of(key, "2", null, 0x80000000));
    assertThat(categories(world.compute(0, 600))).containsOnly(TimeCategory.BREAKDOWN);
  }

  @Test
  void aSignalFromBeforeTheStopCountsOnlyWhereSignalsAreSticky() {
    signal(-9 * HOUR, "2");
    stop(0, 600);
    assertThat(categories(world.compute(0, 600))).containsOnly(TimeCategory.BREAKDOWN);
    world.rules(rules -> World.with(rules, StopRules.DEFAULT, tree(true)));
    assertThat(categories(world.compute(0, 600))).containsOnly(TimeCategory.SETUP);
    assertThat(categories(world.compute(300, 400))).containsOnly(TimeCategory.SETUP);
  }

  @Test
  void whereTheTreeChangesWithinAStopEachExplainsItsPart() {
    stop(0, 1_000);
    signal(2, "2");
    ReasonTree other =
        new ReasonTree(
            "other",
            List.of(new Reason("wait", "", TimeCategory.STARVED, Maintenance.NONE, null)),
            Map.of("2", "wait"),
            false);
    from(400, World.with(MachineRules.DEFAULT, StopRules.DEFAULT, other));
    MachineResult result = world.compute(0, 1_000);
    assertThat(categories(result)).containsExactly(TimeCategory.SETUP, TimeCategory.STARVED);
    assertThat(result.slices().getLast().span()).isEqualTo(world.span(400, 1_000));
    assertThat(result.stops()).hasSize(1);
  }

  @Test
  void theLengthOfAStopIsJudgedByTheRulesOfItsBegin() {
    world.state(0, "MINOR_STOP");
    world.state(100, "RUNNING");
    world.state(200, "MINOR_STOP");
    world.state(300, "RUNNING");
    from(50, World.with(MachineRules.DEFAULT, World.stops(0, 60), tree(false)));
    assertThat(categories(world.compute(0, 100))).containsOnly(TimeCategory.MINOR_STOP);
    assertThat(categories(world.compute(200, 300))).containsOnly(TimeCategory.UNEXPLAINED);
    assertThat(world.compute(200, 300).stops().getFirst().reasonNeeded()).isTrue();
  }

  @Test
  void aShortStopIsLostSpeedAndNoStop() {
    stop(0, 9);
    stop(100, 110);
    Elements sum = world.sum(-60, 200);
    assertThat(sum.absorbedMicros()).isEqualTo(9 * World.SECOND);
    assertThat(sum.times().of(TimeCategory.BREAKDOWN)).isEqualTo(10 * World.SECOND);
    assertThat(sum.stops()).isEqualTo(1);
    assertThat(world.compute(-60, 200).stops())
        .extracting(Stop::span)
        .containsExactly(world.span(100, 110));
    assertThat(world.sum(4, 60).absorbedMicros()).isEqualTo(5 * World.SECOND);
  }

  private void from(int second, MachineRules later) {
    world.rules =
        world.rules.painted(new Span(world.at(second), MachineInput.ALL_TIME.toMicros()), later);
  }

  private void stop(int from, int to) {
    world.state(from, "DOWN");
    world.state(to, "RUNNING");
  }

  private void signal(double second, String text) {
    world.tell(second, TrackKind.STOP_REASON, "why", text);
  }

  private void say(StopWord word) {
    world.words.add(word);
  }

  private StopWord.Said said(long version, int from, int to) {
    return new StopWord.Said(
        version, World.MACHINE.toString(), world.span(from, to), "eve", world.at(to));
  }

  private static List<TimeCategory> categories(MachineResult result) {
    return result.slices().stream().map(TimeSlice::category).toList();
  }

  public static ReasonTree tree(boolean sticky) {
    return new ReasonTree(
        "tree",
        List.of(
            new Reason("ram", "", TimeCategory.BREAKDOWN, Maintenance.CORRECTIVE, null),
            new Reason("change", "", TimeCategory.SETUP, Maintenance.NONE, null),
            new Reason("service", "", TimeCategory.PLANNED_STOP, Maintenance.PLANNED, null)),
        Map.of("1", "ram", "2", "change", "3", "service"),
        sticky);
  }
}
