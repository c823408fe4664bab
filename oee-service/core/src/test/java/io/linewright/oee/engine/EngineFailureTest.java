package io.linewright.oee.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.oee.calendar.Plans;
import io.linewright.oee.downtime.StopRules;
import io.linewright.oee.downtime.StopWord;
import io.linewright.oee.element.Counts;
import io.linewright.oee.element.Elements;
import io.linewright.oee.element.Failures;
import io.linewright.oee.event.TrackKind;
import io.linewright.oee.order.StartUp;
import io.linewright.oee.quantity.Quantity;
import io.linewright.oee.slice.TimeCategory;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What broke, what was repaired, and what was rejected after a start. */
class EngineFailureTest {

  private static final int HOUR = 3_600;
  private static final double MICRO = 1e-6;

  private final World world = new World(Plans.at("2026-03-10T06:00:00Z"));

  @BeforeEach
  void itRuns() {
    world.state(-10 * HOUR, "RUNNING");
    world.calendar = World.early(Plans.zone("UTC"), "service");
    world.rules(rules -> World.with(rules, StopRules.DEFAULT, EngineStopTest.tree(false)));
  }

  @Test
  void aFailureInABreakCountsAndCostsNoTime() {
    down(4 * HOUR + 60, 4 * HOUR + 120);
    Failures failures = world.sum(0, 8 * HOUR).failures();
    assertThat(failures.onsets()).isEqualTo(1);
    assertThat(failures.repairMicros()).isZero();
    down(16 * HOUR, 17 * HOUR);
    assertThat(world.sum(8 * HOUR, 24 * HOUR).failures().onsets()).isEqualTo(1);
  }

  @Test
  void aFailureOverABreakIsOneAndIsRepairedWithoutIt() {
    down(4 * HOUR - 600, 4 * HOUR + 1_800 + 300);
    Failures failures = world.sum(0, 8 * HOUR).failures();
    assertThat(failures.onsets()).isEqualTo(1);
    assertThat(failures.repairMicros()).isEqualTo(900 * World.SECOND);
  }

  @Test
  void aFailureThatBeganInTheShiftBeforeIsRepairedInBoth() {
    world.calendar = Plans.threeShifts(Plans.zone("UTC"));
    down(8 * HOUR - 600, 8 * HOUR + 300);
    Failures early = world.sum(0, 8 * HOUR).failures();
    Failures late = world.sum(8 * HOUR, 16 * HOUR).failures();
    assertThat(early).isEqualTo(new Failures(1, 600 * World.SECOND, 0, 0));
    assertThat(late).isEqualTo(new Failures(0, 300 * World.SECOND, 0, 0));
  }

  @Test
  void aGapOfUpToAnHourDoesNotDivideAFailure() {
    world.state(100, "DOWN");
    world.state(200, "NO_DATA");
    world.state(200 + HOUR, "DOWN");
    world.state(300 + HOUR, "RUNNING");
    world.state(400 + HOUR, "DOWN");
    world.state(500 + HOUR, "NO_DATA");
    world.state(500 + 2 * HOUR + MICRO, "DOWN");
    world.state(600 + 2 * HOUR, "RUNNING");
    assertThat(world.sum(0, 8 * HOUR).failures().onsets()).isEqualTo(3);
    assertThat(world.sum(0, 350 + HOUR).failures().onsets()).isEqualTo(1);
    // Asked for the time after the gap alone.
    assertThat(world.sum(150 + HOUR, 8 * HOUR).failures().onsets()).isEqualTo(2);
    assertThat(world.sum(200 + HOUR, 300 + HOUR).failures().onsets()).isZero();
    assertThat(world.sum(500 + 2 * HOUR, 8 * HOUR).failures().onsets()).isEqualTo(1);
  }

  @Test
  void whatDecidesAboutTheEndOfALongGapIsTheHourBeforeIt() {
    world.state(0, "NO_DATA");
    world.state(5 * HOUR, "RUNNING");
    assertThat(world.compute(5 * HOUR, 6 * HOUR).extent())
        .isEqualTo(world.span(4 * HOUR - MICRO, 6 * HOUR + MICRO));
    assertThat(world.compute(2 * HOUR, 3 * HOUR).extent())
        .isEqualTo(world.span(2 * HOUR - MICRO, 3 * HOUR + MICRO));
    world.state(4 * HOUR, "RUNNING");
    world.state(4 * HOUR + 60, "NO_DATA");
    assertThat(world.compute(5 * HOUR, 6 * HOUR).extent())
        .isEqualTo(world.span(4 * HOUR + 60 - MICRO, 6 * HOUR + MICRO));
  }

  @Test
  void aFailureThatCountsAsProductionIsNone() {
    down(100, 109);
    down(200, 210);
    Failures failures = world.sum(0, 4 * HOUR).failures();
    assertThat(failures).isEqualTo(new Failures(1, 10 * World.SECOND, 0, 0));
  }

  @Test
  void whatSomebodyCallsMaintenanceIsNoFailure() {
    down(100, 700);
    down(1_000, 1_300);
    say(1, 100, 700, "service");
    say(2, 1_000, 1_300, "ram");
    Failures failures = world.sum(0, 4 * HOUR).failures();
    assertThat(failures)
        .isEqualTo(new Failures(1, 300 * World.SECOND, 300 * World.SECOND, 600 * World.SECOND));
  }

  @Test
  void whatTheCalendarCallsMaintenanceIsPlanned() {
    assertThat(world.sum(0, 8 * HOUR).failures().plannedMaintenanceMicros())
        .isEqualTo(1_800 * World.SECOND);
    world.calendar = World.early(Plans.zone("UTC"), "lunch");
    assertThat(world.sum(0, 8 * HOUR).failures()).isEqualTo(Failures.NONE);
  }

  @Test
  void theRejectsOfTheTimeAfterAStartAreLostWithIt() {
    start(new StartUp(Set.of(TimeCategory.SETUP), Duration.ofSeconds(600), Quantity.ZERO));
    world.cycles.add(World.cycle(null, "PT2S"));
    reject(1_000, 1);
    reject(1_000 + MICRO, 3);
    reject(1_600, 7);
    reject(1_600 + MICRO, 20);
    Counts counts = world.sum(0, 4 * HOUR).counts();
    assertThat(counts.reject()).isEqualTo(Quantity.of(20L));
    assertThat(counts.startUpReject()).isEqualTo(Quantity.of(6L));
    assertThat(world.sum(0, 4 * HOUR).ideal().startUpRejectMicros()).isEqualTo(12 * World.SECOND);
    // The start was before the time that is asked for.
    assertThat(world.sum(1_500, 1_700).counts().startUpReject()).isEqualTo(Quantity.of(4L));
    assertThat(world.sum(1_601, 1_700).counts().startUpReject()).isEqualTo(Quantity.ZERO);
  }

  @Test
  void theRejectsOfTheFirstItemsAfterAStartAreLostWithIt() {
    start(new StartUp(Set.of(TimeCategory.SETUP), Duration.ofSeconds(600), Quantity.of(3L)));
    world.count(-1, TrackKind.GOOD, 0);
    reject(1_010, 1);
    world.count(1_020, TrackKind.GOOD, 2);
    reject(1_020, 2);
    reject(1_030, 3);
    assertThat(world.sum(0, 4 * HOUR).counts().startUpReject()).isEqualTo(Quantity.of(2L));
  }

  @Test
  void aCounterThatBeginsDaysLaterDoesNotCountTheItemsOfAStart() {
    start(new StartUp(Set.of(TimeCategory.SETUP), Duration.ofSeconds(600), Quantity.of(1L)));
    world.count(-1, TrackKind.GOOD, 0);
    world.count(1_010, TrackKind.GOOD, 1);
    reject(1_020, 1);
    world.count(3 * 24 * HOUR, TrackKind.TOTAL, 0);
    assertThat(world.sum(0, 4 * HOUR).counts().startUpReject()).isEqualTo(Quantity.ZERO);
    assertThat(world.sum(0, 4 * 24 * HOUR).counts().startUpReject()).isEqualTo(Quantity.ZERO);
  }

  @Test
  void onlyWhatTheRulesSayIsAStart() {
    start(new StartUp(Set.of(TimeCategory.STARVED), Duration.ofSeconds(600), Quantity.ZERO));
    reject(1_010, 1);
    assertThat(world.sum(0, 4 * HOUR).counts().startUpReject()).isEqualTo(Quantity.ZERO);
  }

  @Test
  void whatIsMadeInBreaksAndWithoutAShiftIsUnplanned() {
    world.count(-1, TrackKind.GOOD, 0);
    reject(-1, 0);
    world.count(4 * HOUR, TrackKind.GOOD, 100);
    world.count(4 * HOUR + 60, TrackKind.GOOD, 103);
    reject(4 * HOUR + 1_800, 1);
    world.count(8 * HOUR, TrackKind.GOOD, 200);
    world.count(8 * HOUR + 1, TrackKind.GOOD, 250);
    Elements shift = world.sum(0, 8 * HOUR);
    assertThat(shift.counts().produced()).isEqualTo(Quantity.of(201L));
    assertThat(shift.counts().unplanned()).isEqualTo(Quantity.of(4L));
    assertThat(world.sum(8 * HOUR, 9 * HOUR).counts().unplanned()).isEqualTo(Quantity.of(50L));
  }

  private void start(StartUp start) {
    StopRules rules = new StopRules(Duration.ofSeconds(10), Duration.ofSeconds(300), true, start);
    world.rules(its -> World.with(its, rules, its.reasons()));
    world.state(400, "SETUP");
    world.state(1_000, "RUNNING");
    reject(-1, 0);
  }

  private void reject(double second, double reading) {
    world.count(second, TrackKind.REJECT, reading);
  }

  private void down(int from, int to) {
    world.state(from, "DOWN");
    world.state(to, "RUNNING");
  }

  private void say(int version, int from, int to, String reason) {
    world.words.add(
        new StopWord.Classified(
            new StopWord.Said(
                version, World.MACHINE.toString(), world.span(from, to), "eve", world.at(to)),
            reason));
  }
}
