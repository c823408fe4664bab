package io.linewright.oee.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.oee.event.MachineEvent.CountRead;
import io.linewright.oee.event.MachineEvent.EnergyRead;
import io.linewright.oee.event.MachineEvent.StateSaid;
import io.linewright.oee.event.OeeFact.Touched;
import io.linewright.testkit.property.Seeded;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * Whatever a late event changes lies in what it touches: figures of every instant, by rules that
 * are written down here in the plainest way, before and after it came.
 */
class TouchedTest {

  private static final int RUNS = 20_000;
  private static final int LENGTH = 40;
  private static final double JUMP = 5;
  private static final int DOUBLE_PULSE = 2;

  /** A figure of each instant. */
  private interface Figures {
    Map<Long, Object> of(EventLog log);
  }

  @Test
  void statesChangeOnlyWhereTouched() {
    check(TrackKind.STATE, TouchedTest::states);
  }

  @Test
  void countsChangeOnlyWhereTouched() {
    check(TrackKind.GOOD, TouchedTest::counts);
  }

  @Test
  void energyChangesOnlyWhereTouched() {
    check(TrackKind.ENERGY, TouchedTest::energy);
  }

  private static void check(TrackKind kind, Figures figures) {
    Seeded.check(
        RUNS,
        random -> {
          List<MachineEvent> events = new ArrayList<>();
          for (int i = random.nextInt(12); i > 0; i--) {
            events.add(event(random, kind));
          }
          EventLog before = EventLog.of(events);
          MachineEvent late = event(random, kind);
          EventLog after = before.with(late).log();
          if (after.equals(before)) {
            return;
          }
          Touched touched = Touched.of("m", late, List.of(after));
          Map<Long, Object> was = figures.of(before);
          figures
              .of(after)
              .forEach(
                  (t, value) -> {
                    if (!value.equals(was.get(t))) {
                      assertThat(within(touched, t))
                          .as("%s of %s, then %s at %d", touched, before, late, t)
                          .isTrue();
                    }
                  });
        });
  }

  private static boolean within(Touched touched, long t) {
    OptionalLong from = touched.fromMicros();
    OptionalLong to = touched.toMicros();
    return (from.isEmpty() || from.getAsLong() <= t) && (to.isEmpty() || t < to.getAsLong());
  }

  private static MachineEvent event(RandomGenerator random, TrackKind kind) {
    EventKey key =
        new EventKey(random.nextInt(LENGTH), new TrackName(kind, "t"), random.nextInt(2));
    Double number =
        switch (random.nextInt(8)) {
          case 0 -> null;
          case 1 -> Double.NaN;
          case 2 -> 100.0;
          default -> key.micros() / 2 + (double) random.nextInt(3);
        };
    int status = random.nextInt(10) == 0 ? 0x80000000 : 0;
    return MachineEvent.of(key, "s" + random.nextInt(3), number, status);
  }

  /** The states of an instant: what held before it, and all that were said in it. */
  private static Map<Long, Object> states(EventLog log) {
    Map<Long, Object> states = new HashMap<>();
    String held = "";
    for (long t = 0; t < LENGTH; t++) {
      List<String> said = new ArrayList<>();
      for (MachineEvent event : log) {
        if (event.key().micros() == t && event instanceof StateSaid state) {
          said.add(state.known());
        }
      }
      held = said.isEmpty() ? held : said.getLast();
      states.put(t, said.isEmpty() ? List.of(held) : said);
    }
    return states;
  }

  /** Increments at the instant before their reading, without spikes and double pulses. */
  private static Map<Long, Object> counts(EventLog log) {
    List<CountRead> readings = new ArrayList<>();
    for (MachineEvent event : log) {
      if (event instanceof CountRead read && read.usableNumber()) {
        readings.add(read);
      }
    }
    Map<Long, Object> counts = new HashMap<>();
    for (long t = -1; t < LENGTH; t++) {
      counts.put(t, 0.0);
    }
    double baseline = Double.NaN;
    for (int i = 0; i < readings.size(); i++) {
      double here = reading(readings, i);
      if (i == 0) {
        baseline = here;
        continue;
      }
      double last = reading(readings, i - 1);
      if (here - last > JUMP
          && i + 1 < readings.size()
          && reading(readings, i + 1) >= last
          && reading(readings, i + 1) - last <= JUMP) {
        continue;
      }
      double delta = here < baseline ? here : here - baseline;
      boolean twice =
          delta == 1
              && readings.get(i).key().micros() - readings.get(i - 1).key().micros() < DOUBLE_PULSE;
      if (delta <= JUMP && !twice) {
        counts.merge(readings.get(i).key().micros() - 1, delta, (a, b) -> (double) a + (double) b);
      }
      baseline = here;
    }
    return counts;
  }

  private static double reading(List<CountRead> readings, int i) {
    return (double) readings.get(i).content();
  }

  /** The rise of the interpolated curve from each instant to the next. */
  private static Map<Long, Object> energy(EventLog log) {
    List<EnergyRead> readings = new ArrayList<>();
    for (MachineEvent event : log) {
      if (event instanceof EnergyRead read && read.usableNumber()) {
        readings.add(read);
      }
    }
    Map<Long, Object> rises = new HashMap<>();
    for (long t = 0; t < LENGTH; t++) {
      String rise = "unknown";
      for (int i = 1; i < readings.size(); i++) {
        long from = readings.get(i - 1).key().micros();
        long to = readings.get(i).key().micros();
        if (from <= t && t < to) {
          rise = readings.get(i - 1) + " to " + readings.get(i);
        }
      }
      rises.put(t, rise);
    }
    return rises;
  }
}
