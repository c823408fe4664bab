package io.linewright.oee.event;

import io.linewright.oee.event.MachineEvent.ContextSaid;
import io.linewright.oee.event.MachineEvent.CountRead;
import io.linewright.oee.event.MachineEvent.EnergyRead;
import io.linewright.oee.event.MachineEvent.StateSaid;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Whatever machines may tell, with so few instants and values that keys repeat and contradict. */
final class RandomEvents {

  private static final long DAY = 86_400_000_000L;
  private static final int[] STATUSES = {
    0, 0, 0, 0, 0x40000000, 0x40900000, 0x80000000, 0x80310000, 0xC0000000, 0x00000400
  };
  private static final Double[] NUMBERS = {
    null,
    0.0,
    -0.0,
    1.0,
    2.0,
    3.0,
    0.1,
    1234.567,
    -7.000001,
    1e-9,
    1e15,
    9.007199254740993E15,
    1e300,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MIN_VALUE
  };
  private static final String[] TEXTS = {
    null, "", "6", "RUNNING", "Läuft", "\ud83d\udd27", "\ud83d"
  };
  private static final String[] MACHINES = {"acme/graz/body/line-1/press-01", "a/b/c/d/press-02"};

  private RandomEvents() {}

  static TrackName track(RandomGenerator random) {
    return new TrackName(
        TrackKind.ofNumber(random.nextInt(TrackKind.values().length)), "t" + random.nextInt(2));
  }

  static MachineEvent event(RandomGenerator random, EventKey key) {
    return MachineEvent.of(
        key,
        TEXTS[random.nextInt(TEXTS.length)],
        NUMBERS[random.nextInt(NUMBERS.length)],
        STATUSES[random.nextInt(STATUSES.length)]);
  }

  /** Events around the begin of a day, many at few instants. */
  static List<MachineEvent> events(RandomGenerator random, int most) {
    List<MachineEvent> events = new ArrayList<>();
    int count = random.nextInt(most + 1);
    int instants = 1 + random.nextInt(2 * most);
    long unit = random.nextBoolean() ? 1 : 1_000_000;
    long begin = (random.nextInt(40_000) - 20_000) * DAY - unit * (instants / 2);
    for (int i = 0; i < count; i++) {
      long micros = begin + unit * random.nextInt(instants);
      events.add(event(random, new EventKey(micros, track(random), random.nextInt(2))));
    }
    return events;
  }

  static List<Heard> heard(RandomGenerator random, int most) {
    List<Heard> heard = new ArrayList<>();
    for (MachineEvent event : events(random, most)) {
      heard.add(new Heard(MACHINES[random.nextInt(MACHINES.length)], event, random.nextBoolean()));
    }
    return heard;
  }

  /** The same in any order, some of them again, also on the other way. */
  static List<Heard> again(RandomGenerator random, List<Heard> heard) {
    List<Heard> again = new ArrayList<>(heard);
    for (Heard one : heard) {
      if (random.nextInt(3) == 0) {
        again.add(new Heard(one.machine(), one.event(), !one.historical()));
      }
    }
    return shuffled(random, again);
  }

  static <T> List<T> shuffled(RandomGenerator random, List<T> list) {
    List<T> shuffled = new ArrayList<>(list);
    Collections.shuffle(shuffled, new Random(random.nextLong()));
    return shuffled;
  }

  static StateSaid state(long micros, @Nullable String text) {
    return new StateSaid(new EventKey(micros, new TrackName(TrackKind.STATE, "state"), 0), text, 0);
  }

  static CountRead count(long micros, @Nullable Double reading) {
    return new CountRead(
        new EventKey(micros, new TrackName(TrackKind.GOOD, "good"), 0), reading, 0);
  }

  static ContextSaid order(long micros, @Nullable String order) {
    return new ContextSaid(
        new EventKey(micros, new TrackName(TrackKind.ORDER, "order"), 0), order, 0);
  }

  static EnergyRead energy(long micros, @Nullable Double value) {
    return new EnergyRead(
        new EventKey(micros, new TrackName(TrackKind.ENERGY, "energy"), 0), value, 0);
  }
}
