package io.linewright.edge.logic.report;

import static io.linewright.edge.logic.Series.SECOND;
import static io.linewright.edge.logic.Series.at;
import static io.linewright.edge.logic.Series.bad;
import static io.linewright.edge.logic.Series.time;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.edge.fold.Step;
import io.linewright.edge.logic.LogicInput;
import io.linewright.edge.logic.Numbers;
import io.linewright.edge.logic.Series;
import io.linewright.model.equipment.ValueRange;
import io.linewright.model.sample.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReportingFoldTest {

  private static ReportingFold fold(double deadband, double min, double max) {
    return new ReportingFold(
        new Reporting(
            deadband < 0 ? OptionalDouble.empty() : OptionalDouble.of(deadband),
            min <= 0 ? Optional.empty() : Optional.of(Duration.ofMillis(Math.round(min * 1000))),
            max <= 0 ? Optional.empty() : Optional.of(Duration.ofMillis(Math.round(max * 1000)))));
  }

  /** What leaves, as {@code seconds=value}; repetitions with a star. */
  private static List<String> told(ReportingFold fold, List<? extends LogicInput> inputs) {
    List<String> told = new ArrayList<>();
    for (ReportFact fact : Series.run(fold::step, ReportingState.NONE, inputs)) {
      switch (fact) {
        case ReportFact.Reported(var stamped) -> told.add(text(stamped.sample()));
        case ReportFact.Repeated(Sample sample) -> told.add(text(sample) + "*");
        case ReportFact.Suppressed() -> {}
      }
    }
    return told;
  }

  private static String text(Sample sample) {
    double seconds = sample.sourceMicros() / 1e6;
    return sample.status().isGood() ? seconds + "=" + Numbers.of(sample) : seconds + " bad";
  }

  @Test
  void deadbandIsMeasuredFromTheReportedValue() {
    assertThat(
            told(
                fold(1, 0, 0), List.of(at(0, 5.0), at(1, 5.6), at(2, 6.0), at(3, 6.1), at(4, 5.2))))
        .containsExactly("0.0=5.0", "3.0=6.1");
  }

  @Test
  void deadbandOfZeroSuppressesOnlyEqualValues() {
    assertThat(
            told(
                fold(0, 0, 0),
                List.of(at(0, 5.0), at(1, 5.0), at(2, 5.1), at(3, Double.NaN), at(4, Double.NaN))))
        .containsExactly("0.0=5.0", "2.0=5.1", "3.0=NaN");
  }

  @Test
  void infinityIsBeyondEveryDeadband() {
    assertThat(
            told(fold(1, 0, 0), List.of(at(0, 5.0), at(1, Double.POSITIVE_INFINITY), at(2, 5.0))))
        .hasSize(3);
  }

  @Test
  void statusAlwaysPassesAndTakesTheHeldValueAlong() {
    assertThat(
            told(
                fold(1, 10, 0),
                List.of(at(0, 5.0), at(1, 9.0), bad(2), at(3, 9.0), at(4, 20.0), time(13))))
        .containsExactly("0.0=5.0", "1.0=9.0", "2.0 bad", "3.0=9.0", "4.0=20.0");
  }

  @Test
  void latestValueOfAnIntervalIsReportedAtItsEnd() {
    ReportingFold fold = fold(-1, 10, 0);
    assertThat(told(fold, List.of(at(0, 1.0), at(3, 2.0), at(7, 3.0), time(9.9))))
        .containsExactly("0.0=1.0");
    assertThat(told(fold, List.of(at(0, 1.0), at(3, 2.0), at(7, 3.0), time(10))))
        .containsExactly("0.0=1.0", "7.0=3.0");
    assertThat(told(fold, List.of(at(0, 1.0), at(3, 2.0), at(7, 3.0), at(12, 4.0), time(20))))
        .containsExactly("0.0=1.0", "7.0=3.0", "12.0=4.0");
  }

  @Test
  void valueThatReturnsIntoTheDeadbandWithinTheIntervalIsNoChange() {
    assertThat(told(fold(1, 10, 0), List.of(at(0, 1.0), at(3, 9.0), at(7, 1.2), time(30))))
        .containsExactly("0.0=1.0");
  }

  @Test
  void heartbeatRepeatsWithANewTime() {
    assertThat(
            told(fold(1, 0, 10), List.of(at(0, 5.0), time(5), at(8, 5.5), time(25), at(26, 9.0))))
        .containsExactly("0.0=5.0", "10.0=5.0*", "20.0=5.0*", "26.0=9.0");
  }

  @Test
  void machineThatIsAwayHasNoHeartbeat() {
    assertThat(
            told(
                fold(1, 0, 10),
                List.of(at(0, 5.0), time(15), bad(16), time(100), at(101, 5.0), time(111))))
        .containsExactly("0.0=5.0", "10.0=5.0*", "16.0 bad", "101.0=5.0", "111.0=5.0*");
  }

  @Test
  void valueOlderThanAHeartbeatIsSaidAgainBehindIt() {
    assertThat(told(fold(1, 0, 10), List.of(at(0, 5.0), time(10), at(9.9, 7.0), time(21))))
        .containsExactly("0.0=5.0", "10.0=5.0*", "9.9=7.0", "10.000001=7.0*", "20.000001=7.0*");
  }

  @Test
  void presentValueOfLongAgoIsNotRepeatedForThePast() {
    assertThat(told(fold(1, 0, 60), List.of(time(10_000), at(0, 5.0), time(10_050), time(10_060))))
        .containsExactly("0.0=5.0", "10060.0=5.0*");
  }

  @Test
  void longPauseMakesABoundedNumberOfRepetitions() {
    assertThat(told(fold(1, 0, 1), List.of(at(0, 5.0), time(100_000)))).hasSize(101);
  }

  @Test
  void historyPasses() {
    assertThat(told(fold(1, 10, 0), List.of(at(5, 5.0), at(3, 5.0)))).hasSize(2);
  }

  @Test
  void booksBalanceAndNothingFinalIsLost() {
    for (long seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      ReportingFold fold =
          fold(random.nextInt(-1, 8), random.nextInt(3), random.nextBoolean() ? 0 : 4);
      List<LogicInput.Value> values = Series.random(random, 200, 0.5);
      long end = values.getLast().micros() + 60 * SECOND;
      List<ReportFact> facts =
          Series.run(fold::step, ReportingState.NONE, Series.withTime(values, random, end));

      long reported = facts.stream().filter(ReportFact.Reported.class::isInstance).count();
      long suppressed = facts.stream().filter(ReportFact.Suppressed.class::isInstance).count();
      assertThat(reported + suppressed).as("seed %d", seed).isEqualTo(values.size());
      assertThat(withinDeadband(fold, last(facts), values.getLast().stamped().sample()))
          .as("seed %d: the last value", seed)
          .isTrue();
      everyStatusIsThere(values, facts, seed);
    }
  }

  private static Sample last(List<ReportFact> facts) {
    return facts.stream()
        .filter(ReportFact.Reported.class::isInstance)
        .map(fact -> ((ReportFact.Reported) fact).stamped().sample())
        .reduce((a, b) -> b)
        .orElseThrow();
  }

  private static boolean withinDeadband(ReportingFold fold, Sample told, Sample truth) {
    double deadband = Math.max(0, fold.rules().deadband().orElse(0));
    double difference = Math.abs(Numbers.of(told) - Numbers.of(truth));
    return told.status().equals(truth.status())
        && (difference <= deadband || Double.isNaN(difference));
  }

  private static void everyStatusIsThere(
      List<LogicInput.Value> values, List<ReportFact> facts, long seed) {
    List<Integer> expected = new ArrayList<>();
    values.forEach(value -> addIfNew(expected, value.stamped().sample()));
    List<Integer> told = new ArrayList<>();
    for (ReportFact fact : facts) {
      if (fact instanceof ReportFact.Reported(var stamped)) {
        addIfNew(told, stamped.sample());
      }
    }
    assertThat(told).as("seed %d: statuses", seed).isEqualTo(expected);
  }

  private static void addIfNew(List<Integer> statuses, Sample sample) {
    if (statuses.isEmpty() || statuses.getLast() != sample.status().bits()) {
      statuses.add(sample.status().bits());
    }
  }

  @Test
  void timeFedInPiecesChangesNothing() {
    for (long seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      ReportingFold fold = fold(random.nextInt(-1, 5), 1 + random.nextInt(3), 7);
      List<LogicInput.Value> values = Series.random(random, 100, 1);
      long end = values.getLast().micros() + 30 * SECOND;
      List<LogicInput> once = new ArrayList<>(values);
      once.add(new LogicInput.Time(end));

      assertThat(told(fold, Series.withTime(values, random, end)))
          .as("seed %d", seed)
          .isEqualTo(told(fold, once));
    }
  }

  @Test
  void whatIsHeldIsReportedAtTheEnd() {
    ReportingFold fold = fold(-1, 10, 0);
    Step<ReportingState, ReportFact> first = fold.step(ReportingState.NONE, at(0, 1.0));
    Step<ReportingState, ReportFact> held = fold.step(first.state(), at(1, 2.0));
    Step<ReportingState, ReportFact> end = ReportingFold.finish(held.state());

    assertThat(held.facts()).isEmpty();
    assertThat(end.facts()).hasSize(1);
    assertThat(ReportingFold.finish(end.state()).facts()).isEmpty();
  }

  @Test
  void percentIsOfTheRange() {
    assertThat(Reporting.percentOf(2, new ValueRange(-50, 150))).isEqualTo(4);
  }

  @Test
  void contradictionsAreRefused() {
    assertThatThrownBy(() -> fold(Double.NaN, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> fold(1, 10, 5)).isInstanceOf(IllegalArgumentException.class);
  }
}
