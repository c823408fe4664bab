package io.linewright.oee.count;

import io.linewright.oee.count.CounterRules.Rate;
import io.linewright.oee.event.TrackName;
import io.linewright.oee.quantity.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The valid readings of one counter, each judged by its neighbours. */
final class Counter {

  private static final long ONE = 1_000_000;
  private static final long MICROS_PER_SECOND = 1_000_000;

  /** Of items; more is never believed, whatever the rules say. */
  private static final long MOST_AT_ONCE = 1_000_000_000 * ONE;

  /** Of items, for each second and once more: days of nonsense must not go beyond a long. */
  private static final double MOST_PER_SECOND = 1_000_000.0 * ONE;

  /** A fall is a roll-over only if that was not more than this part of the counter's range. */
  private static final long LEAST_OF_RANGE = 4;

  private final TrackName name;
  private final CountKind kind;
  private final Counting counting;
  private final long[] micros;
  private final long[] shown;
  private final CounterRules[] rules;
  private final boolean[] leftOut;
  private final List<CountEntry> entries = new ArrayList<>();
  private final List<CounterFact> facts = new ArrayList<>();

  Counter(TrackName name, CountKind kind, List<Reading> ascending, Counting counting) {
    this.name = name;
    this.kind = kind;
    this.counting = counting;
    List<Reading> valid = ascending.stream().filter(r -> r.shown().isPresent()).toList();
    micros = valid.stream().mapToLong(Reading::micros).toArray();
    shown = valid.stream().mapToLong(r -> r.shown().orElseThrow().millionths()).toArray();
    rules = new CounterRules[micros.length];
    leftOut = new boolean[micros.length];
    for (int i = 0; i < micros.length; i++) {
      rules[i] = counting.rules(name, micros[i] - 1);
    }
    for (int i = 0; i < micros.length; i++) {
      judge(i);
    }
  }

  /** What was counted, ascending, for all readings but the first as if there was none before. */
  List<CountEntry> entries() {
    return entries;
  }

  /** What is not plain counting, ascending. */
  List<CounterFact> facts() {
    return facts;
  }

  private void judge(int i) {
    if (i == 0) {
      first(rules[i]);
    } else if (isSpike(i)) {
      leftOut[i] = true;
      facts.add(new CounterFact.Spike(name, micros[i], new Quantity(shown[i])));
    } else if (isDip(i)) {
      leftOut[i] = true;
      facts.add(new CounterFact.Dip(name, micros[i], new Quantity(shown[i])));
    } else {
      // After one that is left out this one fits the one before that: it is why it is left out.
      int before = leftOut[i - 1] ? i - 2 : i - 1;
      if (shown[i] >= shown[before]) {
        rise(before, i, rules[i]);
      } else {
        fall(before, i, rules[i]);
      }
    }
  }

  private void first(CounterRules rules) {
    long items = items(shown[0], rules);
    if (rules.start() == CounterRules.Start.ZERO && items >= 0 && items <= MOST_AT_ONCE) {
      count(micros[0], items);
    } else {
      facts.add(new CounterFact.BaselineSet(name, micros[0], new Quantity(shown[0])));
    }
  }

  private void rise(int before, int i, CounterRules rules) {
    long units = shown[i] - shown[before];
    long items = items(units, rules);
    long apart = micros[i] - micros[before];
    if (items > limit(before, i, i)) {
      jump(before, i, items);
    } else if (units == ONE && apart < rules.doublePulse().toNanos() / 1_000) {
      facts.add(new CounterFact.DoublePulse(name, micros[i]));
    } else {
      count(micros[i] - 1, items);
    }
  }

  private void fall(int before, int i, CounterRules rules) {
    long limit = limit(before, i, i);
    if (rules.rollOverAt().isPresent()) {
      long range = rules.rollOverAt().getAsLong() * ONE;
      long units = range - shown[before] + shown[i];
      long items = items(units, rules);
      if (shown[before] < range && units > 0 && units <= range / LEAST_OF_RANGE && items <= limit) {
        count(micros[i] - 1, items);
        facts.add(
            new CounterFact.RolledOver(
                name,
                micros[i],
                new Quantity(shown[before]),
                new Quantity(shown[i]),
                new Quantity(items)));
        return;
      }
    }
    long items = items(shown[i], rules);
    if (shown[i] < 0 || items > limit) {
      jump(before, i, items);
    } else {
      count(micros[i] - 1, items);
      facts.add(
          new CounterFact.Reset(
              name,
              micros[i],
              new Quantity(shown[before]),
              new Quantity(shown[i]),
              new Quantity(items)));
    }
  }

  private void jump(int before, int i, long items) {
    facts.add(
        new CounterFact.Jumped(
            name,
            micros[i],
            new Quantity(shown[before]),
            new Quantity(shown[i]),
            new Quantity(items)));
  }

  /** Far above the one before, and the next one fits the one before. */
  private boolean isSpike(int i) {
    return fits(i)
        && shown[i] > shown[i - 1]
        && items(shown[i] - shown[i - 1], rules[i]) > limit(i - 1, i, i);
  }

  /** Below the one before, and the next one fits the one before, but is far above this one. */
  private boolean isDip(int i) {
    return fits(i)
        && shown[i] < shown[i - 1]
        && items(shown[i + 1] - shown[i], rules[i]) > limit(i, i + 1, i);
  }

  /** Whether without the reading there is nothing to wonder about. */
  private boolean fits(int i) {
    if (i == 0 || i == micros.length - 1 || shown[i + 1] < shown[i - 1]) {
      return false;
    }
    return items(shown[i + 1] - shown[i - 1], rules[i]) <= limit(i - 1, i + 1, i);
  }

  /** Most items that are believed between two readings, by what is known at a third. */
  private long limit(int from, int to, int known) {
    double apart = micros[to] - micros[from];
    double most = Math.min(MOST_AT_ONCE, MOST_PER_SECOND * (1 + apart / MICROS_PER_SECOND));
    OptionalLong ideal = counting.idealNanos(micros[known] - 1);
    if (ideal.isPresent() && rules[known].jump().isPresent()) {
      Rate rate = rules[known].jump().orElseThrow();
      double items = rate.times() * (apart * 1_000 / ideal.getAsLong());
      most = Math.min(most, items * ONE + rate.plus().millionths());
    }
    return (long) most;
  }

  /** So many millionths of what the counter shows, in millionths of items, at most a long. */
  private static long items(long units, CounterRules rules) {
    if (rules.perPulse().millionths() == ONE) {
      return units;
    }
    return BigDecimal.valueOf(units)
        .multiply(BigDecimal.valueOf(rules.perPulse().millionths(), 6))
        .setScale(0, RoundingMode.HALF_EVEN)
        .min(BigDecimal.valueOf(Long.MAX_VALUE))
        .max(BigDecimal.valueOf(Long.MIN_VALUE))
        .longValueExact();
  }

  private void count(long atMicros, long items) {
    if (items != 0) {
      entries.add(new CountEntry(atMicros, kind, false, new Quantity(items)));
    }
  }
}
