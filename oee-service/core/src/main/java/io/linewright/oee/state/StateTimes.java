package io.linewright.oee.state;

import io.linewright.oee.event.MachineEvent.StateSaid;
import io.linewright.oee.slice.TimeCategory;
import io.linewright.oee.time.Piece;
import io.linewright.oee.time.Span;
import io.linewright.oee.time.Track;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How long a machine was in each of its states, and how often it changed. */
public final class StateTimes {

  private StateTimes() {}

  /**
   * Of one state.
   *
   * @param state the word as it came
   * @param micros how long it was known to hold, 0 or more: a state that lasts no time is a state
   * @param plannedBusyMicros how much of that was planned to be busy
   * @param occurrences how often it began, and once more if it held at the begin already and is
   *     known to have; told again without another between it does not begin
   */
  public record Total(String state, long micros, long plannedBusyMicros, int occurrences) {}

  /**
   * Of all states.
   *
   * @param states ascending by word, without words that mean that there is no data
   * @param transitions how often the word changed, also to and from no data, and in no time; the
   *     first word of a machine is no change
   * @param noDataMicros how long the state was not known, and is not waited for
   * @param pendingMicros how long it is not known yet; the time of the states, this and {@code
   *     noDataMicros} are together exactly the time that was asked for
   */
  public record Answer(List<Total> states, int transitions, long noDataMicros, long pendingMicros) {

    public Answer {
      states = List.copyOf(states);
    }
  }

  /** What is so at an instant. */
  private record Moment(String state, Known known, boolean plannedBusy) {}

  private static final class Sum {
    private long micros;
    private long plannedBusyMicros;
    private int occurrences;
  }

  /**
   * The sums.
   *
   * @param within the time that is asked for
   * @param before the last event before it; null if there is none
   * @param events of the same tag, in any order, each key once; those not in the time do not matter
   *     but that one before it is as if it were {@code before}
   * @param model tells which words mean that there is no data
   * @param known of at least that time
   * @param plannedBusy when it was planned to be busy, of at least that time
   * @throws IllegalArgumentException if {@code known} or {@code plannedBusy} is not about all of
   *     the time
   */
  public static Answer of(
      Span within,
      @Nullable StateSaid before,
      List<StateSaid> events,
      StateModel model,
      Track<Known> known,
      Track<Boolean> plannedBusy) {
    Map<String, Sum> sums = new TreeMap<>();
    int transitions = begins(within, before, events, known, sums);
    long noData = 0;
    long pending = 0;
    Track<Moment> moments =
        StateHistory.of(within, before, events)
            .with(known.within(within), Map::entry)
            .with(
                plannedBusy.within(within),
                (told, busy) -> new Moment(told.getKey(), told.getValue(), busy));
    for (Piece<Moment> piece : moments.pieces()) {
      Moment moment = piece.value();
      long micros = piece.span().micros();
      if (moment.known == Known.PENDING) {
        pending += micros;
      } else if (moment.known == Known.NO_DATA || isNoData(model, moment.state)) {
        noData += micros;
      } else {
        Sum sum = sums.computeIfAbsent(moment.state, state -> new Sum());
        sum.micros += micros;
        sum.plannedBusyMicros += moment.plannedBusy ? micros : 0;
      }
    }
    List<Total> totals = new ArrayList<>();
    sums.forEach(
        (state, sum) -> {
          if (!isNoData(model, state)) {
            totals.add(new Total(state, sum.micros, sum.plannedBusyMicros, sum.occurrences));
          }
        });
    return new Answer(totals, transitions, noData, pending);
  }

  /** Counts into the sums how often each word began; returns how often the word changed. */
  private static int begins(
      Span within,
      @Nullable StateSaid before,
      List<StateSaid> events,
      Track<Known> known,
      Map<String, Sum> sums) {
    List<StateSaid> ascending = new ArrayList<>(events);
    ascending.sort(Comparator.comparing(StateSaid::key));
    String held = before == null ? null : before.known();
    String atBegin = held;
    long heldUntil = within.toMicros();
    int transitions = 0;
    for (StateSaid said : ascending) {
      long micros = said.key().micros();
      String word = said.known();
      if (micros < within.fromMicros()) {
        atBegin = word;
      } else if (micros < within.toMicros() && !word.equals(held)) {
        transitions += held == null ? 0 : 1;
        heldUntil = Math.min(heldUntil, micros);
        began(word, sums);
      }
      held = word;
    }
    if (atBegin != null
        && within.fromMicros() < heldUntil
        && isKnown(known.within(new Span(within.fromMicros(), heldUntil)))) {
      began(atBegin, sums);
    }
    return transitions;
  }

  private static boolean isKnown(Track<Known> track) {
    return track.pieces().stream().anyMatch(piece -> piece.value() == Known.KNOWN);
  }

  private static void began(String word, Map<String, Sum> sums) {
    sums.computeIfAbsent(word, state -> new Sum()).occurrences++;
  }

  private static boolean isNoData(StateModel model, String state) {
    return model.of(state).category() == TimeCategory.NO_DATA;
  }
}
