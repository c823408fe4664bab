package io.linewright.oee.line;

import static io.linewright.oee.slice.TimeCategory.BLOCKED;
import static io.linewright.oee.slice.TimeCategory.NO_DATA;
import static io.linewright.oee.slice.TimeCategory.PLANNED_STOP;
import static io.linewright.oee.slice.TimeCategory.PRODUCTION;
import static io.linewright.oee.slice.TimeCategory.STARVED;
import static io.linewright.oee.slice.TimeCategory.UNSCHEDULED;

import io.linewright.oee.slice.Partition;
import io.linewright.oee.slice.TimeCategory;
import io.linewright.oee.slice.TimeSlice;
import io.linewright.oee.time.Piece;
import io.linewright.oee.time.Span;
import io.linewright.oee.time.Track;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Finds what first made a machine wait, station by station: a starved machine waits for the one
 * before it, a blocked one for the one behind. What the machines themselves said decides (PackML,
 * ISA-TR88.00.02: Hold is a cause inside of a machine, Suspend one outside), not how their time is
 * counted, so that a stop too short to be counted is a cause as well.
 *
 * <p>The neighbour's last stop that had begun when the machine began to wait is the cause; if there
 * is none, its first stop since. A stop takes from its neighbours no more than its own length: one
 * of less than half the wait is none, else a machine that resets for a moment in each cycle would
 * be the cause of every wait. If a stop was several things one after another, it is the first of
 * those that took at least half as long as the longest. If that is waiting for the same side, the
 * cause is looked for there; time without an order or anything else to do is its own cause if none
 * is found there.
 */
public final class CausePropagation {

  /** How long before a wait its cause may have ended if buffer or cycle are not known. */
  public static final Duration DEFAULT_REACH = Duration.ofMinutes(5);

  /** What keeps a machine from passing items on. */
  private record Hold(TimeCategory category, @Nullable String reason) {}

  private final LineTopology line;
  private final Map<String, List<TimeSlice>> slices;
  private final Map<String, Duration> cycles;

  private CausePropagation(
      LineTopology line, Map<String, List<TimeSlice>> slices, Map<String, Duration> cycles) {
    this.line = line;
    this.slices = slices;
    this.cycles = cycles;
  }

  /**
   * The first cause of a wait.
   *
   * @param line how the line is built
   * @param slices of its machines, ascending, without overlap. What they leave out is not known;
   *     what is before the first of a machine is not looked at, so they should begin well before
   *     the wait
   * @param cycles ideal time per item of the machines of which it is known. A cause may have ended
   *     before the wait began, by the time in which the machine that waits uses up, or fills, the
   *     buffer and one item more
   * @param waiting which machine waits, when, for which side
   */
  public static FirstCause of(
      LineTopology line,
      Map<String, List<TimeSlice>> slices,
      Map<String, Duration> cycles,
      Waiting waiting) {
    return new CausePropagation(line, slices, cycles).of(waiting, List.of());
  }

  private FirstCause of(Waiting waiting, List<String> through) {
    String machine = waiting.machine();
    OptionalInt position = line.position(machine);
    if (position.isEmpty()) {
      return new FirstCause.Unknown(machine + " is not in line " + line.line());
    }
    boolean starved = waiting.category() == STARVED;
    int next = position.getAsInt() + (starved ? -1 : 1);
    if (next < 0 || next >= line.stations().size()) {
      return new FirstCause.Unknown(
          "%s is %s from outside of the line".formatted(machine, starved ? "starved" : "blocked"));
    }
    Station station = line.stations().get(next);
    long reach = reach(machine, Math.min(next, position.getAsInt())).toNanos() / 1_000;
    Span window = new Span(waiting.span().fromMicros() - reach, waiting.span().toMicros());
    TimeCategory opposite = starved ? BLOCKED : STARVED;
    Span known = known(station, window);
    List<Track<Optional<Hold>>> holds =
        station.machines().stream().map(name -> holds(name, known, opposite)).toList();
    return stop(station, holds, known, window, waiting.span())
        .map(stop -> cause(station, holds, stop, waiting, through))
        .orElseGet(() -> withoutStop(station, opposite, waiting));
  }

  private Duration reach(String machine, int before) {
    OptionalInt buffer = line.stations().get(before).bufferAfter();
    Duration cycle = cycles.get(machine);
    return cycle == null || buffer.isEmpty()
        ? DEFAULT_REACH
        : cycle.multipliedBy(buffer.getAsInt() + 1L);
  }

  /** The window, and all that is known of the station around it. */
  private Span known(Station station, Span window) {
    Span known = window;
    for (String machine : station.machines()) {
      List<TimeSlice> its = slices.getOrDefault(machine, List.of());
      if (!its.isEmpty()) {
        known = known.hull(its.getFirst().span()).hull(its.getLast().span());
      }
    }
    return known;
  }

  /** What holds a machine up at each instant; to wait for the machine that waits does not. */
  private Track<Optional<Hold>> holds(String machine, Span known, TimeCategory opposite) {
    List<TimeSlice> its = slices.getOrDefault(machine, List.of());
    Track<Optional<Hold>> holds =
        MachineTracks.of(
            known,
            its,
            Optional.of(new Hold(NO_DATA, null)),
            slice -> hold(slice).filter(hold -> hold.category() != opposite));
    return its.isEmpty() || its.getFirst().span().fromMicros() == known.fromMicros()
        ? holds
        : holds.painted(
            new Span(known.fromMicros(), its.getFirst().span().fromMicros()), Optional.empty());
  }

  private static Optional<Hold> hold(TimeSlice slice) {
    TimeCategory said = slice.said();
    TimeCategory counted = slice.category();
    return switch (said) {
      case PRODUCTION -> Optional.empty();
      case SETUP, MINOR_STOP, BREAKDOWN, UNEXPLAINED, PLANNED_STOP, UNSCHEDULED ->
          Optional.of(new Hold(said, slice.reason()));
      // A machine that is not to work neither waits, nor is it strange that it says nothing.
      case STARVED, BLOCKED, DELAY, NO_DATA, PENDING ->
          Optional.of(
              counted == PLANNED_STOP || counted == UNSCHEDULED
                  ? new Hold(counted, slice.reason())
                  : new Hold(said, slice.reason()));
    };
  }

  /** The stop of the station that may be the cause. */
  private static Optional<Span> stop(
      Station station, List<Track<Optional<Hold>>> holds, Span known, Span window, Span waiting) {
    Track<Integer> free = Track.constant(known, 0);
    for (Track<Optional<Hold>> machine : holds) {
      free = free.with(machine, (count, hold) -> hold.isEmpty() ? count + 1 : count);
    }
    Optional<Span> found = Optional.empty();
    for (Piece<Boolean> piece : free.map(count -> count < station.minimumRunning()).pieces()) {
      Span stop = piece.span();
      boolean before = stop.fromMicros() <= waiting.fromMicros();
      if (piece.value()
          && stop.overlaps(window)
          && stop.micros() >= waiting.micros() - stop.micros()
          && (before || found.isEmpty())) {
        found = Optional.of(stop);
      }
    }
    return found;
  }

  private FirstCause cause(
      Station station,
      List<Track<Optional<Hold>>> holds,
      Span stop,
      Waiting waiting,
      List<String> through) {
    int broke = broke(holds, stop.fromMicros());
    String machine = station.machines().get(broke);
    Piece<Optional<Hold>> piece = first(holds.get(broke), stop);
    Hold hold = piece.value().orElseThrow();
    List<String> further = new ArrayList<>(through);
    further.add(machine);
    FirstCause itself =
        new FirstCause.Found(machine, piece.span(), hold.category(), hold.reason(), through);
    return switch (hold.category()) {
      case STARVED, BLOCKED -> of(new Waiting(machine, piece.span(), hold.category()), further);
      case DELAY ->
          of(new Waiting(machine, piece.span(), waiting.category()), further)
                  instanceof FirstCause.Found found
              ? found
              : itself;
      case NO_DATA, PENDING -> new FirstCause.Unknown("nothing is known of " + machine);
      case PRODUCTION, SETUP, MINOR_STOP, BREAKDOWN, UNEXPLAINED, PLANNED_STOP, UNSCHEDULED ->
          itself;
    };
  }

  /** Which of the machines that are held up at an instant was so last; of equal ones the first. */
  private static int broke(List<Track<Optional<Hold>>> holds, long micros) {
    int last = -1;
    long since = Long.MIN_VALUE;
    for (int i = 0; i < holds.size(); i++) {
      Track<Boolean> held = holds.get(i).map(Optional::isPresent);
      Piece<Boolean> piece = pieceAt(held, micros);
      if (piece.value() && (last < 0 || piece.span().fromMicros() > since)) {
        last = i;
        since = piece.span().fromMicros();
      }
    }
    return last;
  }

  /** Of what held a machine up in a stop, the first that took half as long as the longest. */
  private static Piece<Optional<Hold>> first(Track<Optional<Hold>> machine, Span stop) {
    // The machine may have been held up before its station was, and go on earlier.
    Piece<Boolean> held = pieceAt(machine.map(Optional::isPresent), stop.fromMicros());
    List<Piece<Optional<Hold>>> parts =
        machine.pieces().stream().filter(piece -> held.span().covers(piece.span())).toList();
    long longest = parts.stream().mapToLong(piece -> piece.span().micros()).max().orElseThrow();
    return parts.stream()
        .filter(piece -> piece.span().micros() >= longest - piece.span().micros())
        .findFirst()
        .orElseThrow();
  }

  private FirstCause withoutStop(Station station, TimeCategory opposite, Waiting waiting) {
    long waits =
        station.machines().stream()
            .mapToLong(machine -> said(machine, opposite, waiting.span()))
            .max()
            .orElseThrow();
    return waits >= waiting.span().micros() - waits
        ? new FirstCause.Unknown(
            "%s and %s wait for each other".formatted(waiting.machine(), station.name()))
        : new FirstCause.SlowNeighbour(station.name());
  }

  /** How much of a span a machine said to be of a category, in microseconds. */
  private long said(String machine, TimeCategory category, Span in) {
    return Partition.within(slices.getOrDefault(machine, List.of()), in).stream()
        .filter(slice -> slice.said() == category)
        .mapToLong(slice -> slice.span().micros())
        .sum();
  }

  private static <V> Piece<V> pieceAt(Track<V> track, long micros) {
    return track.pieces().stream()
        .filter(piece -> piece.span().contains(micros))
        .findFirst()
        .orElseThrow();
  }
}
