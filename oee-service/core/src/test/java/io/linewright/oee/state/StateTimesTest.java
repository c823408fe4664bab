package io.linewright.oee.state;

import static io.linewright.oee.state.Said.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.oee.event.MachineEvent.StateSaid;
import io.linewright.oee.slice.TimeCategory;
import io.linewright.oee.state.StateTimes.Answer;
import io.linewright.oee.state.StateTimes.Total;
import io.linewright.oee.time.Change;
import io.linewright.oee.time.Span;
import io.linewright.oee.time.Track;
import io.linewright.testkit.property.Seeded;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StateTimesTest {

  private static final Span WITHIN = new Span(100, 200);
  private static final StateModel MODEL = Vocabularies.standard();

  @Test
  void aStateHoldsUntilTheNextWord() {
    assertThat(times(null, said(100, "RUNNING"), said(130, "DOWN"), said(150, "RUNNING")))
        .isEqualTo(
            new Answer(
                List.of(new Total("DOWN", 20, 20, 1), new Total("RUNNING", 80, 80, 2)), 2, 0, 0));
  }

  @Test
  void whatHeldAtTheBeginOccurs() {
    assertThat(times(said(5, "RUNNING"), said(130, "DOWN")))
        .isEqualTo(
            new Answer(
                List.of(new Total("DOWN", 70, 70, 1), new Total("RUNNING", 30, 30, 1)), 1, 0, 0));
    assertThat(times(said(5, "RUNNING")))
        .isEqualTo(new Answer(List.of(new Total("RUNNING", 100, 100, 1)), 0, 0, 0));
    assertThat(times(said(5, "RUNNING"), said(100, "DOWN")))
        .isEqualTo(new Answer(List.of(new Total("DOWN", 100, 100, 1)), 1, 0, 0));
    assertThat(times(said(5, "RUNNING"), said(100, "RUNNING")))
        .isEqualTo(new Answer(List.of(new Total("RUNNING", 100, 100, 1)), 0, 0, 0));
  }

  @Test
  void aWordThatIsRepeatedIsNoTransition() {
    assertThat(times(null, said(100, "RUNNING"), said(130, "RUNNING"), said(140, "Running")))
        .isEqualTo(
            new Answer(
                List.of(new Total("RUNNING", 40, 40, 1), new Total("Running", 60, 60, 1)),
                1,
                0,
                0));
  }

  @Test
  void aStateOfNoTimeIsATransitionAndOccurs() {
    assertThat(
            times(null, said(100, "RUNNING"), said(130, 1, "RUNNING", 0), said(130, 0, "DOWN", 0)))
        .isEqualTo(
            new Answer(
                List.of(new Total("DOWN", 0, 0, 1), new Total("RUNNING", 100, 100, 2)), 2, 0, 0));
  }

  @Test
  void timeBeforeTheFirstWordAndWithoutAValueIsNoData() {
    assertThat(
            times(
                null,
                said(110, "RUNNING"),
                said(130, 0, "RUNNING", Said.BAD),
                said(150, "UNAVAILABLE"),
                said(170, "RUNNING")))
        .isEqualTo(new Answer(List.of(new Total("RUNNING", 50, 50, 2)), 3, 50, 0));
  }

  @Test
  void aStateThatLiesWhollyInABreakHasNoPlannedBusyTime() {
    Track<Boolean> busy = Track.constant(WITHIN, true).painted(new Span(120, 160), false);
    assertThat(
            StateTimes.of(
                WITHIN,
                null,
                List.of(said(100, "RUNNING"), said(130, "DOWN"), said(150, "RUNNING")),
                MODEL,
                Track.constant(WITHIN, Known.KNOWN),
                busy))
        .isEqualTo(
            new Answer(
                List.of(new Total("DOWN", 20, 0, 1), new Total("RUNNING", 80, 60, 2)), 2, 0, 0));
  }

  @Test
  void aStateIsNotCountedWhereItIsNotKnown() {
    Track<Known> known =
        Track.constant(WITHIN, Known.KNOWN)
            .painted(new Span(110, 130), Known.NO_DATA)
            .painted(new Span(180, 200), Known.PENDING);
    assertThat(
            StateTimes.of(
                WITHIN,
                said(5, "RUNNING"),
                List.of(said(130, "RUNNING")),
                MODEL,
                known,
                Track.constant(WITHIN, true)))
        .isEqualTo(new Answer(List.of(new Total("RUNNING", 60, 60, 1)), 0, 20, 20));
    assertThat(
            StateTimes.of(
                WITHIN,
                said(5, "RUNNING"),
                List.of(),
                MODEL,
                Track.constant(WITHIN, Known.NO_DATA),
                Track.constant(WITHIN, true)))
        .isEqualTo(new Answer(List.of(), 0, 100, 0));
  }

  @Test
  void whatIsKnownAndPlannedMustCoverTheTime() {
    Span shorter = new Span(100, 199);
    assertThatThrownBy(
            () ->
                StateTimes.of(
                    WITHIN,
                    null,
                    List.of(),
                    MODEL,
                    Track.constant(shorter, Known.KNOWN),
                    Track.constant(WITHIN, true)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                StateTimes.of(
                    WITHIN,
                    null,
                    List.of(),
                    MODEL,
                    Track.constant(WITHIN, Known.KNOWN),
                    Track.constant(shorter, true)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aHistoryHasTheWordsAsTheyCame() {
    assertThat(
            StateHistory.of(
                WITHIN,
                null,
                List.of(said(150, 0, "x", Said.BAD), said(120, "Läuft"), said(150, 1, "6", 0))))
        .isEqualTo(
            Track.of(
                WITHIN, "", List.of(new Change<>(120, 0, "Läuft"), new Change<>(150, 0, "6"))));
  }

  @Test
  void sumsAreThoseOfEachInstantAndAddUpToTheTime() {
    Seeded.check(
        5_000,
        random -> {
          Span span = new Span(0, 1 + random.nextInt(30));
          List<StateSaid> events = Said.any(random, span);
          Track<Known> known = randomTrack(random, span, Known.values());
          Track<Boolean> busy = randomTrack(random, span, true, false);
          StateSaid before = random.nextBoolean() ? said(-5, "DOWN") : null;
          Answer answer = StateTimes.of(span, before, events, MODEL, known, busy);
          check(answer, span, before, events, known, busy);
          long sum = answer.noDataMicros() + answer.pendingMicros();
          for (Total total : answer.states()) {
            sum += total.micros();
          }
          assertThat(sum).isEqualTo(span.micros());
        });
  }

  @Test
  void twoPartsAreTogetherTheWhole() {
    Seeded.check(
        5_000,
        random -> {
          Span whole = new Span(0, 2 + random.nextInt(30));
          List<StateSaid> events = Said.any(random, whole);
          long cut = random.nextLong(1, whole.toMicros());
          Span first = new Span(0, cut);
          Span second = new Span(cut, whole.toMicros());
          Track<Known> known = Track.constant(whole, Known.KNOWN);
          Track<Boolean> busy = randomTrack(random, whole, true, false);
          StateSaid before = Said.before(events, 0);
          Answer all = StateTimes.of(whole, before, events, MODEL, known, busy);
          Answer one = StateTimes.of(first, before, events, MODEL, known, busy);
          Answer two = StateTimes.of(second, Said.before(events, cut), events, MODEL, known, busy);
          assertThat(one.transitions() + two.transitions()).isEqualTo(all.transitions());
          assertThat(one.noDataMicros() + two.noDataMicros()).isEqualTo(all.noDataMicros());
          for (Total total : all.states()) {
            assertThat(micros(one, total.state()) + micros(two, total.state()))
                .isEqualTo(total.micros());
          }
        });
  }

  private static long micros(Answer answer, String state) {
    return answer.states().stream()
        .filter(total -> total.state().equals(state))
        .mapToLong(Total::micros)
        .sum();
  }

  private static void check(
      Answer answer,
      Span span,
      @Nullable StateSaid before,
      List<StateSaid> events,
      Track<Known> known,
      Track<Boolean> busy) {
    List<StateSaid> ascending = new ArrayList<>(events);
    ascending.sort(Comparator.comparing(StateSaid::key));
    String held = before == null ? null : before.known();
    int transitions = 0;
    long noData = 0;
    long pending = 0;
    Map<String, Long> micros = new TreeMap<>();
    Map<String, Long> planned = new TreeMap<>();
    Map<String, Integer> begun = new TreeMap<>();
    boolean changed = false;
    for (StateSaid said : ascending) {
      held = said.key().micros() < 0 ? said.known() : held;
    }
    for (long t = 0; t < span.toMicros(); t++) {
      for (StateSaid said : ascending) {
        if (said.key().micros() == t) {
          boolean change = !said.known().equals(held);
          transitions += held != null && change ? 1 : 0;
          held = said.known();
          begun.merge(held, change ? 1 : 0, Integer::sum);
          changed |= change;
          micros.merge(held, 0L, Long::sum);
        }
      }
      String word = held == null ? "" : held;
      if (!changed && known.at(t) == Known.KNOWN) {
        begun.put(word, 1);
      }
      if (known.at(t) == Known.PENDING) {
        pending++;
      } else if (known.at(t) == Known.NO_DATA
          || MODEL.of(word).category() == TimeCategory.NO_DATA) {
        noData++;
      } else {
        micros.merge(word, 1L, Long::sum);
        planned.merge(word, busy.at(t) ? 1L : 0L, Long::sum);
      }
    }
    assertThat(answer.transitions()).isEqualTo(transitions);
    assertThat(answer.noDataMicros()).isEqualTo(noData);
    assertThat(answer.pendingMicros()).isEqualTo(pending);
    for (Total total : answer.states()) {
      assertThat(micros.getOrDefault(total.state(), 0L)).isEqualTo(total.micros());
      assertThat(planned.getOrDefault(total.state(), 0L)).isEqualTo(total.plannedBusyMicros());
      assertThat(begun.getOrDefault(total.state(), 0)).isEqualTo(total.occurrences());
    }
    micros.forEach(
        (word, length) -> assertThat(length == 0 || micros(answer, word) == length).isTrue());
  }

  @SafeVarargs
  private static <V> Track<V> randomTrack(RandomGenerator random, Span span, V... values) {
    Track<V> track = Track.constant(span, values[0]);
    for (int i = random.nextInt(4); i > 0; i--) {
      long from = random.nextLong(span.fromMicros(), span.toMicros());
      track =
          track.painted(
              new Span(from, from + 1 + random.nextInt(10)), values[random.nextInt(values.length)]);
    }
    return track;
  }

  private static Answer times(@Nullable StateSaid before, StateSaid... events) {
    return StateTimes.of(
        WITHIN,
        before,
        List.of(events),
        MODEL,
        Track.constant(WITHIN, Known.KNOWN),
        Track.constant(WITHIN, true));
  }
}
