package io.linewright.oee.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.oee.event.MachineEvent.StateSaid;
import io.linewright.oee.event.OeeFact.Contradicted;
import io.linewright.oee.event.OeeFact.Logged;
import io.linewright.oee.event.OeeFact.Repeated;
import io.linewright.oee.event.OeeFact.StateEntered;
import io.linewright.oee.event.OeeFact.Touched;
import io.linewright.oee.event.OeeState.MachineDay;
import io.linewright.oee.fold.Step;
import io.linewright.testkit.property.Seeded;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OeeFoldTest {

  private static final int RUNS = 1_000;
  private static final String M = "acme/graz/body/line-1/press-01";
  private static final OeeState EMPTY = OeeState.of("acme/graz/body/line-1");
  private static final long DAY = 86_400_000_000L;

  @Test
  void aNewEventIsLoggedAndTouchesItsTime() {
    MachineEvent first = RandomEvents.count(10, 5.0);
    assertThat(OeeFold.step(EMPTY, live(first)).facts())
        .containsExactly(new Logged(M, first), touched(first, null, null));
  }

  @Test
  void theSameSampleLiveAndFromBacklogIsOneEvent() {
    MachineEvent event = RandomEvents.state(10, "RUNNING");
    for (boolean first : new boolean[] {true, false}) {
      Step<OeeState, OeeFact> step =
          OeeFold.steps(EMPTY, List.of(new Heard(M, event, first), new Heard(M, event, !first)));
      assertThat(step.facts()).last().isEqualTo(new Repeated(M, event.key()));
      assertThat(step.state().hash()).isEqualTo(OeeFold.step(EMPTY, live(event)).state().hash());
    }
  }

  @Test
  void theBetterOfTwoContradictingEventsIsLoggedWhicheverComesFirst() {
    MachineEvent low = RandomEvents.order(10, "PO-1");
    MachineEvent high = RandomEvents.order(10, "PO-2");
    assertThat(OeeFold.steps(EMPTY, List.of(live(low), live(high))).facts())
        .containsExactly(
            new Logged(M, low),
            touched(low, 10L, null),
            new Contradicted(M, high, low),
            new Logged(M, high),
            touched(high, 10L, null));
    assertThat(OeeFold.steps(EMPTY, List.of(live(high), live(low))).facts())
        .containsExactly(
            new Logged(M, high), touched(high, 10L, null), new Contradicted(M, high, low));
  }

  @Test
  void aLateStateTouchesTheTimeUntilTheNextOfItsTrack() {
    MachineEvent late = RandomEvents.state(20, "DOWN");
    assertThat(
            facts(
                List.of(
                    RandomEvents.state(10, "RUNNING"),
                    RandomEvents.count(25, 1.0),
                    RandomEvents.state(30, "RUNNING")),
                late))
        .containsExactly(new Logged(M, late), touched(late, 20L, 30L));
  }

  @Test
  void ofTwoStatesInOneInstantTheFirstTouchesThatInstant() {
    TrackName track = new TrackName(TrackKind.STATE, "state");
    MachineEvent late = new StateSaid(new EventKey(20, track, 0), "DOWN", 0);
    assertThat(facts(List.of(new StateSaid(new EventKey(20, track, 1), "RUNNING", 0)), late))
        .contains(touched(late, 20L, 21L));
  }

  @Test
  void aLateCountTouchesItselfTheUsableReadingBeforeAndTheNextTwo() {
    MachineEvent late = RandomEvents.count(20, 2.0);
    List<MachineEvent> before = List.of(RandomEvents.count(5, 0.0), RandomEvents.count(10, 1.0));
    assertThat(facts(before, late)).contains(touched(late, 9L, null));
    assertThat(facts(and(before, RandomEvents.count(30, 3.0)), late))
        .contains(touched(late, 9L, null));
    assertThat(
            facts(
                and(
                    before,
                    RandomEvents.count(30, 3.0),
                    RandomEvents.count(35, Double.NaN),
                    RandomEvents.count(36, null),
                    RandomEvents.count(40, 4.0),
                    RandomEvents.count(50, 5.0)),
                late))
        .contains(touched(late, 9L, 40L));
  }

  @Test
  void aLateReadingOfEnergyTouchesTheTimeBetweenItsUsableNeighbours() {
    MachineEvent late = RandomEvents.energy(20, 2.0);
    assertThat(facts(List.of(), late)).contains(touched(late, null, null));
    assertThat(
            facts(
                List.of(
                    RandomEvents.energy(10, 1.0),
                    RandomEvents.energy(15, Double.NaN),
                    RandomEvents.energy(25, null),
                    RandomEvents.energy(30, 3.0)),
                late))
        .contains(touched(late, 10L, 30L));
  }

  @Test
  void logsOfOtherDaysGiveTheBoundsThatOneDayLeavesOpen() {
    MachineEvent count = RandomEvents.count(DAY - 5, 1.0);
    MachineEvent energy = RandomEvents.energy(DAY + 5, 1.0);
    EventLog first = EventLog.of(List.of(RandomEvents.energy(DAY - 9, 0.5), count));
    EventLog second = EventLog.of(List.of(RandomEvents.count(DAY + 3, 2.0), energy));
    EventLog third =
        EventLog.of(List.of(RandomEvents.energy(2 * DAY, 2.0), RandomEvents.count(2 * DAY, 3.0)));
    assertThat(Touched.of(M, count, List.of(first))).isEqualTo(touched(count, null, null));
    assertThat(Touched.of(M, count, List.of(first, second))).isEqualTo(touched(count, null, null));
    assertThat(Touched.of(M, count, List.of(first, second, third)))
        .isEqualTo(touched(count, null, 2 * DAY));
    assertThat(Touched.of(M, energy, List.of(second))).isEqualTo(touched(energy, null, null));
    assertThat(Touched.of(M, energy, List.of(first, second, third)))
        .isEqualTo(touched(energy, DAY - 9, 2 * DAY));
  }

  @Test
  void onlyTheLatestLiveWordThatSaysSomethingElseEntersAState() {
    StateSaid running = RandomEvents.state(10, "RUNNING");
    StateSaid again = RandomEvents.state(20, "RUNNING");
    StateSaid down = RandomEvents.state(30, "DOWN");
    StateSaid late = RandomEvents.state(25, "DOWN");
    assertThat(entered(List.of(live(running), live(again), live(down), live(late))))
        .containsExactly(new StateEntered(M, running, null), new StateEntered(M, down, again));
    assertThat(entered(List.of(live(running), new Heard(M, down, true)))).hasSize(1);
  }

  @Test
  void aStateIsComparedWithTheDayBefore() {
    StateSaid running = RandomEvents.state(DAY - 10, "RUNNING");
    StateSaid same = RandomEvents.state(DAY + 10, "RUNNING");
    StateSaid down = RandomEvents.state(DAY + 20, "DOWN");
    assertThat(entered(List.of(live(running), live(same), live(down))))
        .containsExactly(new StateEntered(M, running, null), new StateEntered(M, down, same));
    // Yesterday's is not the latest any more.
    assertThat(entered(List.of(live(same), live(running))))
        .containsExactly(new StateEntered(M, same, null));
  }

  @Test
  void daysAreMissingUntilTheyAreLoaded() {
    List<Heard> heard =
        List.of(
            live(RandomEvents.count(5, 1.0)),
            live(RandomEvents.count(6, 1.0)),
            live(RandomEvents.count(-1, 1.0)));
    Set<MachineDay> missing = EMPTY.missing(heard);
    assertThat(missing)
        .containsExactlyInAnyOrder(
            new MachineDay(M, LocalDate.of(1970, 1, 1)),
            new MachineDay(M, LocalDate.of(1969, 12, 31)));
    Map<MachineDay, EventLog> loaded = new HashMap<>();
    missing.forEach(day -> loaded.put(day, EventLog.NONE));
    OeeState state = EMPTY.with(loaded);
    assertThat(state.missing(heard)).isEmpty();
    assertThat(state.hash()).isEqualTo(EMPTY.hash());
    assertThat(OeeFold.steps(state, heard).state().size()).isEqualTo(3);
    assertThatThrownBy(() -> OeeState.of("")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anyOrderOfTheSameEventsHoweverOftenGivesTheSameState() {
    Seeded.check(
        RUNS,
        random -> {
          List<Heard> heard = RandomEvents.heard(random, 200);
          OeeState one = OeeFold.steps(EMPTY, heard).state();
          OeeState other = OeeFold.steps(EMPTY, RandomEvents.again(random, heard)).state();
          assertThat(other).isEqualTo(one);
          assertThat(other.hash()).isEqualTo(one.hash());
        });
  }

  @Test
  void oneMoreEventGivesAnotherHash() {
    Seeded.check(
        RUNS,
        random -> {
          OeeState state = OeeFold.steps(EMPTY, RandomEvents.heard(random, 50)).state();
          Heard more = new Heard("another", RandomEvents.count(1, 1.0), false);
          assertThat(OeeFold.step(state, more).state().hash()).isNotEqualTo(state.hash());
          assertThat(new OeeState("another", state.logs()).hash()).isNotEqualTo(state.hash());
        });
  }

  @Test
  void whatIsStoppedAndResumedIsAsIfItHadNotStopped() {
    Seeded.check(
        RUNS,
        random -> {
          List<Heard> heard = RandomEvents.again(random, RandomEvents.heard(random, 100));
          Step<OeeState, OeeFact> whole = OeeFold.steps(EMPTY, heard);
          int at = random.nextInt(heard.size() + 1);
          Step<OeeState, OeeFact> first = OeeFold.steps(EMPTY, heard.subList(0, at));
          Step<OeeState, OeeFact> rest =
              OeeFold.steps(repacked(first.state()), heard.subList(at, heard.size()));
          assertThat(rest.state()).isEqualTo(whole.state());
          List<OeeFact> facts = new ArrayList<>(first.facts());
          facts.addAll(rest.facts());
          assertThat(facts).isEqualTo(whole.facts());
        });
  }

  @Test
  void theUnionOfWhatWasLoggedIsTheLog() {
    Seeded.check(
        RUNS,
        random -> {
          Step<OeeState, OeeFact> step = OeeFold.steps(EMPTY, RandomEvents.heard(random, 100));
          Map<String, Map<LocalDate, List<MachineEvent>>> stored = new HashMap<>();
          for (OeeFact fact : step.facts()) {
            if (fact instanceof Logged(String machine, MachineEvent event)) {
              stored
                  .computeIfAbsent(machine, m -> new HashMap<>())
                  .computeIfAbsent(event.key().day(), day -> new ArrayList<>())
                  .add(event);
            }
          }
          Map<String, Map<LocalDate, EventLog>> union = new HashMap<>();
          stored.forEach(
              (machine, days) ->
                  days.forEach(
                      (day, events) ->
                          union
                              .computeIfAbsent(machine, m -> new HashMap<>())
                              .put(day, EventLog.of(RandomEvents.shuffled(random, events)))));
          assertThat(new OeeState(EMPTY.line(), union)).isEqualTo(step.state());
        });
  }

  @Test
  void ofEachEventItIsToldWhatBecameOfIt() {
    Seeded.check(
        RUNS,
        random -> {
          OeeState state = EMPTY;
          for (Heard heard : RandomEvents.again(random, RandomEvents.heard(random, 60))) {
            Step<OeeState, OeeFact> step = OeeFold.step(state, heard);
            List<Class<?>> kinds = new ArrayList<>();
            step.facts().forEach(fact -> kinds.add(fact.getClass()));
            kinds.remove(StateEntered.class);
            assertThat(kinds)
                .isIn(
                    List.of(Logged.class, Touched.class),
                    List.of(Repeated.class),
                    List.of(Contradicted.class),
                    List.of(Contradicted.class, Logged.class, Touched.class));
            assertThat(step.state().equals(state)).isEqualTo(!kinds.contains(Logged.class));
            state = step.state();
          }
        });
  }

  /** As stored and read again. */
  private static OeeState repacked(OeeState state) {
    Map<MachineDay, EventLog> logs = new HashMap<>();
    state
        .logs()
        .forEach(
            (machine, days) ->
                days.forEach(
                    (day, log) ->
                        logs.put(
                            new MachineDay(machine, day),
                            EventPacking.unpack(EventPacking.pack(log)))));
    return OeeState.of(state.line()).with(logs);
  }

  private static List<StateEntered> entered(List<Heard> heard) {
    return OeeFold.steps(EMPTY, heard).facts().stream()
        .filter(StateEntered.class::isInstance)
        .map(StateEntered.class::cast)
        .toList();
  }

  private static List<OeeFact> facts(List<MachineEvent> known, MachineEvent late) {
    OeeState state = OeeFold.steps(EMPTY, known.stream().map(OeeFoldTest::live).toList()).state();
    return OeeFold.step(state, live(late)).facts();
  }

  private static List<MachineEvent> and(List<MachineEvent> some, MachineEvent... more) {
    List<MachineEvent> all = new ArrayList<>(some);
    all.addAll(List.of(more));
    return all;
  }

  private static Heard live(MachineEvent event) {
    return new Heard(M, event, false);
  }

  private static Touched touched(MachineEvent event, @Nullable Long from, @Nullable Long to) {
    return new Touched(M, event.key().track(), optional(from), optional(to));
  }

  private static OptionalLong optional(@Nullable Long micros) {
    return micros == null ? OptionalLong.empty() : OptionalLong.of(micros);
  }
}
