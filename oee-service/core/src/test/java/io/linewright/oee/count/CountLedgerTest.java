package io.linewright.oee.count;

import static io.linewright.oee.count.Counters.DAY;
import static io.linewright.oee.count.Counters.NEVER;
import static io.linewright.oee.count.Counters.PLAIN;
import static io.linewright.oee.count.Counters.SECOND;
import static io.linewright.oee.count.Counters.TOTAL;
import static io.linewright.oee.count.Counters.TWO_SECONDS;
import static io.linewright.oee.count.Counters.everySecond;
import static io.linewright.oee.count.Counters.ledger;
import static io.linewright.oee.count.Counters.rules;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.oee.count.CounterFact.BaselineSet;
import io.linewright.oee.count.CounterFact.Dip;
import io.linewright.oee.count.CounterFact.DoublePulse;
import io.linewright.oee.count.CounterFact.Jumped;
import io.linewright.oee.count.CounterFact.Reset;
import io.linewright.oee.count.CounterFact.RolledOver;
import io.linewright.oee.count.CounterFact.Spike;
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
import org.junit.jupiter.api.Test;

class CountLedgerTest {

  private static final CounterRules JUMP = rules(Start.BASELINE, NEVER, true, Duration.ZERO);
  private static final CounterRules ROLL_16 =
      rules(Start.BASELINE, OptionalLong.of(65_536), true, Duration.ZERO);

  @Test
  void aCountBelongsToTheInstantBeforeItsReading() {
    CountLedger ledger = ledger(DAY, everySecond(10.0, 10.0, 13.0), PLAIN, NEVER);
    assertThat(ledger.entries()).containsExactly(entry(3 * SECOND - 1, 3));
    assertThat(ledger.facts()).containsExactly(new BaselineSet(TOTAL, SECOND, Quantity.of(10)));
  }

  @Test
  void theReadingAtTheEndOfAShiftBelongsToItAndTheOneAtItsBeginDoesNot() {
    List<Reading> readings = everySecond(10.0, 11.0, 13.0, 17.0);
    Span shift = new Span(2 * SECOND, 3 * SECOND);
    assertThat(ledger(shift, readings, PLAIN, NEVER).entries())
        .containsExactly(entry(3 * SECOND - 1, 2));
  }

  @Test
  void theFirstReadingIsABaselineOrCountsInFull() {
    CounterRules zero = rules(Start.ZERO, NEVER, false, Duration.ZERO);
    assertThat(ledger(DAY, everySecond(10.0, 12.0), zero, NEVER))
        .isEqualTo(
            new CountLedger(List.of(entry(SECOND, 10), entry(2 * SECOND - 1, 2)), List.of()));
    assertThat(ledger(DAY, everySecond(-3.0, 2.0), zero, NEVER).entries())
        .containsExactly(entry(2 * SECOND - 1, 5));
    assertThat(ledger(DAY, everySecond(2e9, 2e9), zero, NEVER).facts())
        .containsExactly(new BaselineSet(TOTAL, SECOND, Quantity.of(2e9)));
  }

  @Test
  void aFirstReadingAtTheBeginOfAWindowIsNotLost() {
    CounterRules zero = rules(Start.ZERO, NEVER, false, Duration.ZERO);
    List<Reading> readings = List.of(new Reading(SECOND, 0, 10.0), new Reading(SECOND, 1, 11.0));
    assertThat(ledger(new Span(SECOND, 9 * SECOND), readings, zero, NEVER).entries())
        .containsExactly(entry(SECOND, 10));
    assertThat(ledger(new Span(0, SECOND), readings, zero, NEVER).entries())
        .containsExactly(entry(SECOND - 1, 1));
  }

  @Test
  void aCounterRollsOver() {
    assertThat(ledger(DAY, everySecond(65_530.0, 65_533.0, 4.0, 5.0), ROLL_16, TWO_SECONDS))
        .isEqualTo(
            new CountLedger(
                List.of(
                    entry(2 * SECOND - 1, 3), entry(3 * SECOND - 1, 7), entry(4 * SECOND - 1, 1)),
                List.of(
                    new BaselineSet(TOTAL, SECOND, Quantity.of(65_530)),
                    new RolledOver(
                        TOTAL, 3 * SECOND, Quantity.of(65_533), Quantity.of(4), Quantity.of(7)))));
    CounterRules roll32 =
        rules(Start.BASELINE, OptionalLong.of(4_294_967_296L), false, Duration.ZERO);
    assertThat(made(everySecond(4_294_967_290.0, 10.0), roll32, NEVER)).isEqualTo(16);
  }

  @Test
  void aSignedCounterRollsOverBelowZero() {
    CounterRules signed = rules(Start.BASELINE, OptionalLong.of(65_536), false, Duration.ZERO);
    assertThat(made(everySecond(32_766.0, -32_767.0, -32_766.0), signed, NEVER)).isEqualTo(4);
    assertThat(made(everySecond(-1.0, 2.0), signed, NEVER)).isEqualTo(3);
    CountLedger wrong = ledger(DAY, everySecond(32_766.0, -32_767.0, -32_766.0), PLAIN, NEVER);
    assertThat(wrong.entries()).containsExactly(entry(3 * SECOND - 1, 1));
    assertThat(wrong.facts()).hasAtLeastOneElementOfType(Jumped.class);
  }

  @Test
  void aFallThatIsTooFarForARollOverIsAReset() {
    for (OptionalLong ideal : List.of(NEVER, TWO_SECONDS)) {
      CountLedger ledger = ledger(DAY, everySecond(500.0, 3.0), ROLL_16, ideal);
      assertThat(ledger.entries()).containsExactly(entry(2 * SECOND - 1, 3));
      assertThat(ledger.facts())
          .contains(new Reset(TOTAL, 2 * SECOND, Quantity.of(500), Quantity.of(3), Quantity.of(3)));
    }
    // After a weekend much may have been counted, but hardly three quarters of the range.
    List<Reading> weekend =
        List.of(new Reading(0, 0, 500.0), new Reading(200_000 * SECOND, 0, 0.0));
    assertThat(made(weekend, ROLL_16, TWO_SECONDS)).isZero();
    assertThat(made(everySecond(70_000.0, 5_000.0), ROLL_16, NEVER)).isEqualTo(5_000);
  }

  @Test
  void aFallIsAReset() {
    assertThat(made(everySecond(100.0, 120.0, 5.0, 9.0), PLAIN, NEVER)).isEqualTo(29);
    assertThat(made(everySecond(3.0, 0.0, 4.0), JUMP, TWO_SECONDS)).isEqualTo(4);
  }

  @Test
  void aFallToWhatCannotHaveBeenCountedSinceAResetIsAJump() {
    CountLedger exchanged =
        ledger(DAY, everySecond(65_000.0, 40_000.0, 40_001.0), JUMP, TWO_SECONDS);
    assertThat(exchanged.entries()).containsExactly(entry(3 * SECOND - 1, 1));
    assertThat(exchanged.facts())
        .contains(
            new Jumped(
                TOTAL, 2 * SECOND, Quantity.of(65_000), Quantity.of(40_000), Quantity.of(40_000)));
  }

  @Test
  void whatIsTooMuchIsNotCountedAndCountingGoesOnFromThere() {
    List<Reading> readings = everySecond(100.0, 5_000.0, 5_002.0);
    CountLedger ledger = ledger(DAY, readings, JUMP, TWO_SECONDS);
    assertThat(ledger.entries()).containsExactly(entry(3 * SECOND - 1, 2));
    assertThat(ledger.facts())
        .contains(
            new Jumped(
                TOTAL, 2 * SECOND, Quantity.of(100), Quantity.of(5_000), Quantity.of(4_900)));
    assertThat(made(readings, JUMP, NEVER)).isEqualTo(4_902);
    assertThat(made(readings, PLAIN, TWO_SECONDS)).isEqualTo(4_902);
  }

  @Test
  void theLimitIsTwentyTimesTheIdealRateAndFifty() {
    // In 10 s 5 items are ideal, so 150 are the most.
    for (int delta : new int[] {150, 151}) {
      List<Reading> readings =
          List.of(new Reading(0, 0, 100.0), new Reading(10 * SECOND, 0, 100.0 + delta));
      assertThat(made(readings, JUMP, TWO_SECONDS)).isEqualTo(delta == 150 ? 150 : 0);
    }
  }

  @Test
  void whatNoMachineMakesIsNeverCounted() {
    assertThat(made(everySecond(0.0, 2_000_000.0), PLAIN, NEVER)).isEqualTo(2_000_000);
    assertThat(made(everySecond(0.0, 2_000_001.0), PLAIN, NEVER)).isZero();
    List<Reading> year =
        List.of(new Reading(0, 0, 0.0), new Reading(31_536_000 * SECOND, 0, 1_000_000_001.0));
    assertThat(made(year, PLAIN, NEVER)).isZero();
    assertThat(made(everySecond(100.0, 4_294_967_295.0, 101.0), PLAIN, NEVER)).isEqualTo(1);
  }

  @Test
  void aSingleReadingFarAboveIsLeftOut() {
    CountLedger ledger = ledger(DAY, everySecond(100.0, 9_999.0, 102.0, 103.0), JUMP, TWO_SECONDS);
    assertThat(ledger.entries())
        .containsExactly(entry(3 * SECOND - 1, 2), entry(4 * SECOND - 1, 1));
    assertThat(ledger.facts()).contains(new Spike(TOTAL, 2 * SECOND, Quantity.of(9_999)));
    assertThat(made(everySecond(100.0, 9_999.0), JUMP, TWO_SECONDS)).isZero();
    // In the two seconds until the next one 70 are the most, in one 60.
    assertThat(made(everySecond(100.0, 9_999.0, 170.0), JUMP, TWO_SECONDS)).isEqualTo(70);
    assertThat(made(everySecond(100.0, 9_999.0, 171.0), JUMP, TWO_SECONDS)).isZero();
  }

  @Test
  void aSingleReadingBelowIsLeftOutIfTheWayBackIsTooFar() {
    CountLedger ledger = ledger(DAY, everySecond(1_000.0, 0.0, 1_001.0), JUMP, TWO_SECONDS);
    assertThat(ledger.entries()).containsExactly(entry(3 * SECOND - 1, 1));
    assertThat(ledger.facts()).contains(new Dip(TOTAL, 2 * SECOND, Quantity.of(0)));
    // Without an ideal cycle nobody can tell.
    assertThat(made(everySecond(1_000.0, 0.0, 1_001.0), JUMP, NEVER)).isEqualTo(1_001);
    // Half a day later the counter may be where it was, after a reset.
    List<Reading> slow =
        List.of(
            new Reading(0, 0, 1_000.0),
            new Reading(SECOND, 0, 0.0),
            new Reading(43_200 * SECOND, 0, 1_001.0));
    assertThat(made(slow, JUMP, TWO_SECONDS)).isEqualTo(1_001);
  }

  @Test
  void twoCountersByOneNameCountNothing() {
    List<Reading> mixed = everySecond(100.0, 5_000.0, 101.0, 5_001.0, 102.0, 5_002.0);
    CountLedger ledger = ledger(DAY, mixed, JUMP, TWO_SECONDS);
    assertThat(ledger.entries()).containsExactly(entry(6 * SECOND - 1, 1));
    assertThat(ledger.facts()).hasSize(5);
  }

  @Test
  void twoPulsesAsOne() {
    CounterRules rules = rules(Start.BASELINE, NEVER, false, Duration.ofMillis(300));
    List<Reading> readings =
        List.of(
            new Reading(0, 0, 1.0),
            new Reading(SECOND, 0, 2.0),
            new Reading(SECOND + 299_999, 0, 3.0),
            new Reading(SECOND + 599_999, 0, 4.0),
            new Reading(SECOND + 600_000, 0, 6.0));
    CountLedger ledger = ledger(DAY, readings, rules, NEVER);
    assertThat(ledger.sums()).containsEntry(CountKind.TOTAL, Quantity.of(4));
    assertThat(ledger.facts()).containsExactly(new DoublePulse(TOTAL, SECOND + 299_999));
    assertThat(made(readings, PLAIN, NEVER)).isEqualTo(5);
  }

  @Test
  void whatIsNoReadingIsLeftOut() {
    assertThat(
            made(
                everySecond(
                    null, 10.0, null, Double.NaN, 1e300, -1e13, Double.NEGATIVE_INFINITY, 11.0),
                PLAIN,
                NEVER))
        .isEqualTo(1);
    assertThat(ledger(DAY, everySecond(null, Double.NaN), PLAIN, NEVER))
        .isEqualTo(new CountLedger(List.of(), List.of()));
  }

  @Test
  void aLateReadingBetweenTwoDividesWhatWasCounted() {
    List<Reading> readings = new ArrayList<>(everySecond(10.0, null, 18.0));
    readings.add(new Reading(2 * SECOND, 1, 13.0));
    assertThat(ledger(DAY, readings, PLAIN, NEVER).entries())
        .containsExactly(entry(2 * SECOND - 1, 3), entry(3 * SECOND - 1, 5));
  }

  @Test
  void aBacklogUnderALiveReadingIsCountedOnce() {
    List<Reading> readings = new ArrayList<>();
    readings.add(new Reading(SECOND, 0, 399.0));
    readings.add(new Reading(700 * SECOND, 0, 1_000.0));
    for (int i = 400; i < 1_000; i++) {
      readings.add(new Reading((i - 398) * SECOND, 0, (double) i));
    }
    CountLedger ledger = ledger(DAY, readings, JUMP, TWO_SECONDS);
    assertThat(ledger.sums()).containsEntry(CountKind.TOTAL, Quantity.of(601));
    assertThat(ledger.facts()).containsExactly(new BaselineSet(TOTAL, SECOND, Quantity.of(399)));
    assertThat(ledger.entries()).hasSize(601);
  }

  @Test
  void eachCounterIsOneOfItsOwn() {
    TrackName left = new TrackName(TrackKind.GOOD, "left");
    TrackName right = new TrackName(TrackKind.GOOD, "right");
    TrackName energy = new TrackName(TrackKind.ENERGY, "energy");
    CountLedger ledger =
        CountLedger.of(
            DAY,
            Map.of(
                left, Readings.of(DAY, everySecond(10.0, 12.0)),
                right, Readings.of(DAY, everySecond(500.0, 503.0)),
                energy, Readings.of(DAY, everySecond(1.0, 2.0))),
            Counting.always(PLAIN, NEVER),
            List.of());
    assertThat(ledger.entries())
        .containsExactly(new CountEntry(2 * SECOND - 1, CountKind.GOOD, false, Quantity.of(5)));
  }

  @Test
  void aStrokeMayMakeSeveral() {
    CounterRules four =
        new CounterRules(
            Start.BASELINE, NEVER, Optional.empty(), Duration.ofMillis(1), Quantity.of(4));
    assertThat(made(everySecond(10.0, 13.0), four, NEVER)).isEqualTo(12);
    assertThat(made(everySecond(0.0, 999_999.0), four, NEVER)).isZero();
    CounterRules half =
        new CounterRules(Start.ZERO, NEVER, Optional.empty(), Duration.ZERO, Quantity.of(0.5));
    assertThat(ledger(DAY, everySecond(0.000001, 0.000004), half, NEVER).sums())
        .isEqualTo(Map.of(CountKind.TOTAL, new Quantity(2)));
  }

  @Test
  void correctionsAreAddedAtTheirInstant() {
    List<CountCorrection> corrections =
        List.of(
            correction(1, 5 * SECOND, -4),
            correction(2, 5 * SECOND, 1),
            correction(2, 5 * SECOND, 1),
            correction(3, DAY.toMicros(), 8),
            correction(4, 7 * SECOND, 2),
            correction(5, 7 * SECOND, -2));
    CountLedger ledger =
        CountLedger.of(
            DAY,
            Map.of(TOTAL, Readings.of(DAY, everySecond(1.0, 9.0))),
            Counting.always(PLAIN, NEVER),
            corrections);
    assertThat(ledger.entries())
        .containsExactly(
            entry(2 * SECOND - 1, 8),
            new CountEntry(5 * SECOND, CountKind.TOTAL, true, Quantity.of(-3)));
    assertThat(ledger.sums()).isEqualTo(Map.of(CountKind.TOTAL, Quantity.of(5)));
    assertThat(ledger.corrected()).isTrue();
    assertThat(ledger.within(new Span(0, 5 * SECOND)).corrected()).isFalse();
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> new CountEntry(0, CountKind.GOOD, false, Quantity.of(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new CountEntry(0, CountKind.GOOD, true, Quantity.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new CountLedger(List.of(entry(2, 1), entry(1, 1)), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new CountLedger(List.of(entry(2, 1), entry(2, 2)), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> correction(0, 0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> correction(1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> correction(1, 0, 1_000_000_001))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static double made(List<Reading> readings, CounterRules rules, OptionalLong idealNanos) {
    Span always = new Span(-1, 1L << 50);
    return ledger(always, readings, rules, idealNanos)
        .sums()
        .getOrDefault(CountKind.TOTAL, Quantity.ZERO)
        .units();
  }

  private static CountEntry entry(long atMicros, int units) {
    return new CountEntry(atMicros, CountKind.TOTAL, false, Quantity.of(units));
  }

  private static CountCorrection correction(long version, long micros, long units) {
    return new CountCorrection(
        version, "acme/press-01", micros, CountKind.TOTAL, Quantity.of(units), "ann", "recount");
  }
}
