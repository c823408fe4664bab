package io.linewright.oee.element;

import io.linewright.oee.energy.EnergyUse;
import io.linewright.oee.quantity.Quantity;
import io.linewright.oee.slice.TimeCategory;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Elements as they may be: also more good than made, nothing made, and faster than ideal. */
public final class RandomElements {

  private static final List<String> STATES = List.of("", "6", "Idle");

  private RandomElements() {}

  /** Of one product on one machine, that lack something now and then. */
  public static Elements one(RandomGenerator random) {
    return lacking(random, known(random, Duration.ofNanos(random.nextLong(1, 5_000_000_000L))));
  }

  /** Of one product on one machine, with that ideal cycle; nothing is lacking. */
  public static Elements known(RandomGenerator random, Duration cycle) {
    TimeSums times = times(random);
    Counts counts = counts(random);
    return new Elements(
        times,
        random.nextLong(times.of(TimeCategory.PRODUCTION) + 1),
        counts,
        IdealTimes.of(counts, cycle),
        quantity(random, 0, 100),
        quantity(random, 0, 10_000),
        random.nextLong(5),
        new Failures(
            random.nextLong(4), random.nextLong(100), random.nextLong(100), random.nextLong(100)),
        energy(random),
        Set.of());
  }

  /** The same with other lacks. */
  public static Elements lacking(RandomGenerator random, Elements e) {
    Set<Lack> lacks = EnumSet.noneOf(Lack.class);
    for (Lack lack : Lack.values()) {
      if (random.nextInt(6) == 0) {
        lacks.add(lack);
      }
    }
    return with(e, lacks);
  }

  /** The same with these lacks. */
  public static Elements with(Elements e, Set<Lack> lacks) {
    return new Elements(
        e.times(),
        e.absorbedMicros(),
        e.counts(),
        e.ideal(),
        e.plannedScrap(),
        e.capacity(),
        e.stops(),
        e.failures(),
        e.energy(),
        lacks);
  }

  static TimeSums times(RandomGenerator random) {
    Map<TimeCategory, Long> micros = new EnumMap<>(TimeCategory.class);
    for (TimeCategory category : TimeCategory.values()) {
      if (random.nextInt(3) > 0) {
        micros.put(category, random.nextLong(10_000_000_000L));
      }
    }
    return new TimeSums(micros);
  }

  static Counts counts(RandomGenerator random) {
    return new Counts(
        random.nextInt(8) == 0 ? Quantity.ZERO : quantity(random, -1_000, 10_000),
        quantity(random, -1_000, 10_000),
        quantity(random, -10, 500),
        quantity(random, -10, 100),
        quantity(random, 0, 50),
        quantity(random, 0, 10_000),
        quantity(random, 0, 10_000),
        quantity(random, 0, 100),
        quantity(random, -2, 3),
        random.nextInt(4) == 0);
  }

  static EnergyUse energy(RandomGenerator random) {
    Map<TimeCategory, Quantity> categories = new EnumMap<>(TimeCategory.class);
    TreeMap<String, Quantity> states = new TreeMap<>();
    for (TimeCategory category : TimeCategory.values()) {
      Quantity kwh = quantity(random, -1, 20);
      categories.put(category, kwh);
      states.merge(STATES.get(random.nextInt(STATES.size())), kwh, Quantity::plus);
    }
    long micros = random.nextLong(10_000);
    return new EnergyUse(categories, states, random.nextLong(micros + 1), micros);
  }

  private static Quantity quantity(RandomGenerator random, long from, long to) {
    return random.nextBoolean()
        ? Quantity.of(random.nextLong(from, to))
        : new Quantity(random.nextLong(from * 1_000_000, to * 1_000_000));
  }
}
