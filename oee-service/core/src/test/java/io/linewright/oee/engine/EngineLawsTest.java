package io.linewright.oee.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.oee.calendar.CalendarPiece;
import io.linewright.oee.calendar.CalendarTimes;
import io.linewright.oee.downtime.Stop;
import io.linewright.oee.element.Cell;
import io.linewright.oee.element.Elements;
import io.linewright.oee.event.EventLog;
import io.linewright.oee.event.EventLog.Added;
import io.linewright.oee.event.MachineEvent;
import io.linewright.oee.event.MachineEvent.StateSaid;
import io.linewright.oee.event.OeeFact.Touched;
import io.linewright.oee.slice.Partition;
import io.linewright.oee.slice.TimeCategory;
import io.linewright.oee.slice.TimeSlice;
import io.linewright.oee.state.Knowledge;
import io.linewright.oee.time.Span;
import io.linewright.oee.time.Track;
import io.linewright.testkit.property.Seeded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What must be so of any machine, whatever it told and people said. */
class EngineLawsTest {

  private static final int RUNS = 1_500;
  private static final long DAY = 86_400 * World.SECOND;

  @Test
  void slicesAndCellsDivideTheTime() {
    Seeded.check(
        RUNS,
        random -> {
          World world = RandomWorld.of(random);
          Span window = window(random, world);
          MachineResult result = MachineEngine.compute(window, List.of(), world);
          Partition.require(window, result.slices());
          long from = window.fromMicros();
          Elements sum = Elements.NONE;
          for (Cell cell : result.cells()) {
            assertThat(cell.span().fromMicros()).isEqualTo(from);
            from = cell.span().toMicros();
            sum = sum.plus(cell.elements());
          }
          assertThat(from).isEqualTo(window.toMicros());
          assertThat(sum.times().calendar()).isEqualTo(window.micros());
          assertThat(
                  Partition.joined(
                      result.cells().stream().flatMap(cell -> cell.slices().stream()).toList()))
              .isEqualTo(result.slices());
        });
  }

  @Test
  void aWindowIsTheCutOfALargerOne() {
    Seeded.check(
        RUNS,
        random -> {
          World world = RandomWorld.of(random);
          Span large = window(random, world);
          Span part = part(random, large);
          MachineResult one = MachineEngine.compute(part, List.of(), world);
          MachineResult all =
              MachineEngine.compute(large, List.of(part.fromMicros(), part.toMicros()), world);
          assertThat(one.slices()).isEqualTo(Partition.within(all.slices(), part));
          assertThat(one.cells())
              .isEqualTo(all.cells().stream().filter(cell -> part.covers(cell.span())).toList());
          for (Cell cell : one.cells()) {
            assertThat(one.inputs().apply(cell)).isEqualTo(all.inputs().apply(cell));
          }
          assertThat(one.stops()).isEqualTo(overlapping(all.stops(), part));
          assertThat(one.inForce()).isEqualTo(all.inForce().within(part));
          assertThat(one.irregular())
              .isEqualTo(
                  all.irregular().stream()
                      .filter(fact -> part.contains(fact.micros() - 1))
                      .toList());
        });
  }

  @Test
  void aLateEventChangesNothingBeyondTheExtentOfWhatItTouches() {
    Seeded.check(
        400,
        random -> {
          World world = RandomWorld.of(random);
          Span window = world.span(-3_600, RandomWorld.LENGTH + 3_600);
          List<Long> cuts = new ArrayList<>();
          for (int s = -3_600; s < RandomWorld.LENGTH + 3_600; s += 300) {
            cuts.add(world.at(s));
          }
          EventLog before = EventLog.of(world.events);
          MachineEvent late = RandomWorld.event(random, world);
          Added added = before.with(late);
          MachineResult was = MachineEngine.compute(window, cuts, world);
          world.events.clear();
          added.log().forEach(world.events::add);
          MachineResult now = MachineEngine.compute(window, cuts, world);
          Span touched = touched(window, late, added.log());
          Span extent = MachineEngine.extent(touched, world);
          Span around = MachineEngine.extent(extent, world);
          for (int i = 0; i < now.cells().size(); i++) {
            Cell cell = now.cells().get(i);
            boolean inside = cell.span().overlaps(extent);
            if (!cell.span().overlaps(around)) {
              assertThat(now.inputs().apply(cell)).isEqualTo(was.inputs().apply(cell));
            }
            if (!was.cells().contains(cell)) {
              assertThat(inside).as("%s changed %s, beyond %s", late, cell, extent).isTrue();
            }
          }
        });
  }

  @Test
  void whatIsSettledStaysAsItIsWhateverIsToldInOrder() {
    Seeded.check(
        RUNS,
        random -> {
          World world = RandomWorld.of(random);
          long now = world.at(random.nextInt(RandomWorld.LENGTH));
          world.losses.removeIf(loss -> loss.toMicros() > now);
          world.words.removeIf(word -> word.said().span().toMicros() > now);
          Span window = window(random, world);
          List<MachineEvent> all = List.copyOf(world.events);
          world.events.removeIf(event -> event.key().micros() >= now);
          world.knowledge = new Knowledge(OptionalLong.of(now), 0, now, Duration.ZERO);
          MachineResult then = MachineEngine.compute(window, List.of(), world);
          world.events.clear();
          world.events.addAll(all);
          long later = world.at(2 * RandomWorld.LENGTH);
          world.knowledge = new Knowledge(OptionalLong.of(later), 0, later, Duration.ZERO);
          MachineResult after = MachineEngine.compute(window, List.of(), world);
          if (then.settledMicros() > window.fromMicros()) {
            Span settled = new Span(window.fromMicros(), then.settledMicros());
            assertThat(Partition.within(then.slices(), settled))
                .isEqualTo(Partition.within(after.slices(), settled));
            assertThat(overlapping(then.stops(), settled))
                .isEqualTo(overlapping(after.stops(), settled));
            assertThat(then.inForce().within(settled)).isEqualTo(after.inForce().within(settled));
          }
        });
  }

  /** What is written down here again in the plainest way: no lengths, no words, no signals. */
  @Test
  void everySecondIsWhatItsStateCalendarAndDataSay() {
    Seeded.check(
        200,
        random -> {
          World world = RandomWorld.of(random);
          world.words.clear();
          world.losses.clear();
          world.rules(rules -> World.rules(World.stops(0, 86_400)));
          world.events.removeIf(event -> event.key().track().tag().equals("execution"));
          Span window = world.span(0, RandomWorld.LENGTH);
          MachineResult result = MachineEngine.compute(window, List.of(), world);
          Track<CalendarPiece> calendar =
              CalendarTimes.over(Track.constant(window, world.calendar), List.of());
          EventLog log = EventLog.of(world.events);
          for (long t = window.fromMicros(); t < window.toMicros(); t += 2_500_000) {
            TimeSlice slice = Partition.within(result.slices(), new Span(t, t + 1)).getFirst();
            assertThat(slice.category())
                .as("at %s s: %s", (t - world.begin) / 1e6, slice)
                .isEqualTo(expected(world, log, calendar.at(t), t));
          }
        });
  }

  private static TimeCategory expected(World world, EventLog log, CalendarPiece plan, long t) {
    if (plan.kind() != CalendarPiece.Kind.OPEN) {
      return plan.kind() == CalendarPiece.Kind.UNSCHEDULED
          ? TimeCategory.UNSCHEDULED
          : TimeCategory.PLANNED_STOP;
    }
    StateSaid last = null;
    for (MachineEvent event : log) {
      if (event instanceof StateSaid said && said.key().micros() <= t) {
        last = said;
      }
    }
    if (last == null) {
      return TimeCategory.NO_DATA;
    }
    if (t >= world.knowledge.knownUntil()) {
      return tail(world, t);
    }
    return last.known().isEmpty()
        ? TimeCategory.NO_DATA
        : switch (last.known()) {
          case "RUNNING", "6" -> TimeCategory.PRODUCTION;
          case "DOWN" -> TimeCategory.BREAKDOWN;
          case "STARVED" -> TimeCategory.STARVED;
          case "IDLE" -> TimeCategory.DELAY;
          case "SETUP" -> TimeCategory.SETUP;
          case "OFF" -> TimeCategory.UNSCHEDULED;
          case "PLANNED_STOP" -> TimeCategory.PLANNED_STOP;
          default -> TimeCategory.MINOR_STOP;
        };
  }

  private static TimeCategory tail(World world, long t) {
    return t < world.knowledge.decidedUntil() ? TimeCategory.NO_DATA : TimeCategory.PENDING;
  }

  private static Span touched(Span window, MachineEvent late, EventLog log) {
    Touched touched = Touched.of("m", late, List.of(log));
    OptionalLong first = OptionalLong.empty();
    for (MachineEvent event : log) {
      if (event.key().track().equals(late.key().track())) {
        first = OptionalLong.of(event.key().micros());
        break;
      }
    }
    // The first word of a tag decides whether it was missing, up to a day before.
    long from =
        first.getAsLong() == late.key().micros()
            ? late.key().micros() - DAY
            : touched.fromMicros().orElse(window.fromMicros());
    return new Span(
        Math.clamp(from, window.fromMicros(), window.toMicros() - 1),
        Math.clamp(
            touched.toMicros().orElse(window.toMicros()),
            window.fromMicros() + 1,
            window.toMicros()));
  }

  private static List<Stop> overlapping(List<Stop> stops, Span part) {
    return stops.stream().filter(stop -> stop.span().overlaps(part)).toList();
  }

  private static Span window(RandomGenerator random, World world) {
    int from = random.nextInt(RandomWorld.LENGTH);
    return world.span(from - random.nextInt(4_000), from + 1 + random.nextInt(RandomWorld.LENGTH));
  }

  private static Span part(RandomGenerator random, Span large) {
    long from = random.nextLong(large.fromMicros(), large.toMicros());
    return new Span(from, random.nextLong(from, large.toMicros()) + 1);
  }
}
