package io.linewright.oee.count;

import io.linewright.oee.count.CounterRules.Rate;
import io.linewright.oee.count.CounterRules.Start;
import io.linewright.oee.event.TrackKind;
import io.linewright.oee.event.TrackName;
import io.linewright.oee.quantity.Quantity;
import io.linewright.oee.time.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/** Counters, their rules, and readings of them. */
final class Counters {

  static final TrackName TOTAL = new TrackName(TrackKind.TOTAL, "total");
  static final long SECOND = 1_000_000;
  static final Span DAY = new Span(0, 86_400 * SECOND);
  static final OptionalLong NEVER = OptionalLong.empty();
  static final OptionalLong TWO_SECONDS = OptionalLong.of(2_000_000_000L);

  /** From a baseline, without roll-over, jump and double pulse. */
  static final CounterRules PLAIN = rules(Start.BASELINE, NEVER, false, Duration.ZERO);

  private Counters() {}

  /** With the usual limit of 20 times the ideal rate and 50 items, or without. */
  static CounterRules rules(Start start, OptionalLong rollOver, boolean jump, Duration pulse) {
    return new CounterRules(
        start,
        rollOver,
        jump ? Optional.of(new Rate(20, Quantity.of(50))) : Optional.empty(),
        pulse,
        Quantity.of(1));
  }

  /** One reading a second, the first after one second; null and not finite ones are no readings. */
  static List<Reading> everySecond(Double... values) {
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      readings.add(new Reading((i + 1) * SECOND, 0, values[i]));
    }
    return readings;
  }

  static CountLedger ledger(
      Span window, List<Reading> readings, CounterRules rules, OptionalLong idealNanos) {
    return CountLedger.of(
        window,
        Map.of(TOTAL, Readings.of(window, readings)),
        Counting.always(rules, idealNanos),
        List.of());
  }

  /** Rules that make every rule matter to small numbers. */
  static CounterRules randomRules(RandomGenerator random) {
    return new CounterRules(
        random.nextBoolean() ? Start.ZERO : Start.BASELINE,
        random.nextBoolean() ? OptionalLong.of(random.nextInt(8, 40)) : NEVER,
        random.nextInt(3) == 0
            ? Optional.empty()
            : Optional.of(new Rate(1 + random.nextInt(2), Quantity.of(random.nextInt(6)))),
        Duration.ofNanos(1_000L * random.nextInt(4)),
        Quantity.of(random.nextBoolean() ? 1 : 1.5));
  }

  /** Readings that hardly make sense, in little time, some of them none. */
  static List<Reading> randomReadings(RandomGenerator random) {
    List<Reading> readings = new ArrayList<>();
    double shown = random.nextInt(40);
    long micros = random.nextLong(-3, 6);
    int ordinal = 0;
    int count = random.nextInt(24);
    for (int i = 0; i < count; i++) {
      int apart = random.nextInt(5);
      ordinal = apart == 0 ? ordinal + 1 : 0;
      micros += apart;
      readings.add(
          new Reading(
              micros,
              ordinal,
              switch (random.nextInt(12)) {
                case 0 -> null;
                case 1 -> Double.NaN;
                case 2 -> 1e300;
                case 3 -> shown + random.nextInt(-30, 30);
                case 4 -> (double) random.nextInt(-20, 40);
                case 5 -> shown = random.nextInt(4);
                default -> shown += random.nextInt(4) * 0.5;
              }));
    }
    return readings;
  }
}
