package io.linewright.oee.count;

import static io.linewright.oee.count.Counters.NEVER;
import static io.linewright.oee.count.Counters.SECOND;
import static io.linewright.oee.count.Counters.TOTAL;
import static io.linewright.oee.count.Counters.TWO_SECONDS;
import static io.linewright.oee.count.Counters.ledger;
import static io.linewright.oee.count.Counters.rules;
import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.oee.count.CounterFact.Dip;
import io.linewright.oee.count.CounterFact.Reset;
import io.linewright.oee.count.CounterFact.RolledOver;
import io.linewright.oee.count.CounterFact.Spike;
import io.linewright.oee.count.CounterRules.Start;
import io.linewright.oee.event.TrackKind;
import io.linewright.oee.event.TrackName;
import io.linewright.oee.quantity.Quantity;
import io.linewright.oee.time.Span;
import io.linewright.testkit.property.Seeded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class CountLawsTest {

  private static final Span ALL = new Span(-10, 200);
  private static final TrackName GOOD = new TrackName(TrackKind.GOOD, "good");

  @Test
  void theOrderOfReadingsDoesNotMatterNorThatTheyComeTwice() {
    Seeded.check(
        10_000,
        random -> {
          Counting counting = randomCounting(random);
          List<Reading> readings = Counters.randomReadings(random);
          CountLedger ledger = of(ALL, readings, counting);
          List<Reading> shuffled = new ArrayList<>(readings);
          for (int i = 0; i < readings.size() / 3; i++) {
            shuffled.add(readings.get(random.nextInt(readings.size())));
          }
          Collections.shuffle(shuffled, new Random(random.nextLong()));
          assertThat(of(ALL, shuffled, counting)).isEqualTo(ledger);
        });
  }

  @Test
  void theLedgerOfAWindowIsTheCutOfALargerOne() {
    Seeded.check(
        20_000,
        random -> {
          Counting counting = randomCounting(random);
          List<Reading> readings = Counters.randomReadings(random);
          long from = random.nextLong(-5, 40);
          Span window = new Span(from, from + 1 + random.nextInt(20));
          CountLedger cut = of(ALL, readings, counting).within(window);
          assertThat(of(window, readings, counting)).isEqualTo(cut);
          // Exactly two valid ones before and one after are enough, whatever is between them.
          Readings needed = Readings.of(window, readings);
          assertThat(valid(needed.before())).isLessThanOrEqualTo(2);
          assertThat(valid(needed.after())).isLessThanOrEqualTo(1);
        });
  }

  @Test
  void windowsThatTouchHaveTogetherWhatTheWholeHas() {
    Seeded.check(
        5_000,
        random -> {
          Counting counting = randomCounting(random);
          List<Reading> readings = Counters.randomReadings(random);
          List<CountEntry> entries = new ArrayList<>();
          List<CounterFact> facts = new ArrayList<>();
          long from = ALL.fromMicros();
          while (from < ALL.toMicros()) {
            long to = Math.min(ALL.toMicros(), from + 1 + random.nextInt(15));
            CountLedger part = of(new Span(from, to), readings, counting);
            entries.addAll(part.entries());
            facts.addAll(part.facts());
            from = to;
          }
          assertThat(new CountLedger(entries, facts)).isEqualTo(of(ALL, readings, counting));
        });
  }

  /** What a machine made is counted, whatever happens to its counter but at one reading. */
  @Test
  void whatWasMadeIsCountedThroughRollOversResetsSpikesAndDips() {
    Seeded.check(
        3_000,
        random -> {
          CounterRules rules = rules(Start.ZERO, OptionalLong.of(65_536), true, Duration.ZERO);
          List<Reading> readings = new ArrayList<>();
          long made = 0;
          long shown = random.nextBoolean() ? 0 : 65_500;
          long resets = 0;
          long rollOvers = 0;
          int outliers = 0;
          boolean outlierBefore = true;
          readings.add(new Reading(0, 0, (double) shown));
          for (int i = 1; i < 200; i++) {
            int more = random.nextInt(4);
            boolean outlier = false;
            int what = random.nextInt(30);
            if (what == 0 && shown > 500 && shown < 40_000) {
              shown = more;
              resets++;
              outlierBefore = true;
            } else {
              shown += more;
              if (shown >= 65_536) {
                shown -= 65_536;
                rollOvers++;
                outlierBefore = true;
              } else if (what == 1 && !outlierBefore && i < 198 && shown > 500 && shown < 65_000) {
                outlier = true;
                outliers++;
              }
            }
            made += more;
            double value = outlier ? random.nextBoolean() ? 0 : shown + 70_000 : shown;
            readings.add(new Reading(i * SECOND, 0, value));
            if (outlier) {
              i++;
              readings.add(new Reading(i * SECOND, 0, (double) shown));
            }
            outlierBefore = outlier;
          }
          Span always = new Span(0, 1_000 * SECOND);
          CountLedger ledger = ledger(always, readings, rules, TWO_SECONDS);
          Quantity first = new Quantity(readings.getFirst().shown().orElseThrow().millionths());
          assertThat(ledger.sums().getOrDefault(CountKind.TOTAL, Quantity.ZERO).minus(first))
              .isEqualTo(Quantity.of(made));
          assertThat(ledger.facts()).filteredOn(Reset.class::isInstance).hasSize((int) resets);
          assertThat(ledger.facts())
              .filteredOn(RolledOver.class::isInstance)
              .hasSize((int) rollOvers);
          assertThat(ledger.facts())
              .filteredOn(fact -> fact instanceof Spike || fact instanceof Dip)
              .hasSize(outliers);
        });
  }

  /** The bound of a second and of a reading leaves room for days of nonsense. */
  @Test
  void nonsenseDoesNotOverflow() {
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      readings.add(new Reading(i * 250_000L, 0, i % 2 == 0 ? 0.0 : 1e6));
    }
    Span always = new Span(0, 1L << 40);
    assertThat(ledger(always, readings, Counters.PLAIN, NEVER).sums())
        .containsEntry(CountKind.TOTAL, Quantity.of(50_000_000_000L));
  }

  private static CountLedger of(Span window, List<Reading> readings, Counting counting) {
    List<Reading> other = readings.stream().filter(r -> r.micros() % 3 == 0).toList();
    return CountLedger.of(
        window,
        Map.of(TOTAL, Readings.of(window, readings), GOOD, Readings.of(window, other)),
        counting,
        List.of());
  }

  /** Rules and ideal cycles that change with time. */
  private static Counting randomCounting(RandomGenerator random) {
    CounterRules early = Counters.randomRules(random);
    CounterRules late = Counters.randomRules(random);
    long change = random.nextLong(40);
    long nanos = 500 + random.nextInt(2_000);
    return new Counting() {
      @Override
      public CounterRules rules(TrackName counter, long micros) {
        return micros < change ? early : late;
      }

      @Override
      public OptionalLong idealNanos(long micros) {
        return micros % 7 == 0 ? NEVER : OptionalLong.of(nanos + micros % 5 * 100);
      }
    };
  }

  private static int valid(List<Reading> readings) {
    return (int) readings.stream().filter(reading -> reading.shown().isPresent()).count();
  }
}
