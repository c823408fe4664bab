package io.linewright.edge.logic.rule;

import static io.linewright.edge.logic.Series.SECOND;
import static io.linewright.edge.logic.Series.at;
import static io.linewright.edge.logic.Series.bad;
import static io.linewright.edge.logic.Series.time;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.edge.logic.LogicInput;
import io.linewright.edge.logic.Numbers;
import io.linewright.edge.logic.Series;
import io.linewright.edge.logic.rule.Condition.Direction;
import io.linewright.edge.logic.rule.Condition.NoData;
import io.linewright.edge.logic.rule.Condition.RateOfChange;
import io.linewright.edge.logic.rule.Condition.StatePattern;
import io.linewright.edge.logic.rule.Condition.Threshold;
import io.linewright.model.sample.StatusCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RuleFoldTest {

  private static final Condition HOT = new Threshold(true, 90, 85);

  private static RuleFold rule(Condition condition, long delay, long clearDelay) {
    return new RuleFold(condition, Duration.ofSeconds(delay), Duration.ofSeconds(clearDelay));
  }

  /**
   * What the rule says, as {@code seconds+} when it becomes active, {@code -} when not, {@code ?}.
   */
  private static List<String> said(RuleFold fold, List<? extends LogicInput> inputs) {
    return Series.run(fold::step, RuleState.NONE, inputs).stream()
        .map(
            fact ->
                fact.micros() / 1e6
                    + (fact.active() ? "+" : "-")
                    + (fact.status().isGood() ? "" : "?"))
        .toList();
  }

  @Test
  void whatWasSaidBeforeARestartStands() {
    RuleFold fold = rule(HOT, 0, 0);
    RuleState state = RuleState.saidBefore(new RuleFact(5 * SECOND, true, StatusCode.GOOD));
    assertThat(Series.run(fold::step, state, List.of(time(6), at(7, 95.0)))).isEmpty();
    assertThat(Series.run(fold::step, state, List.of(at(4, 80.0))))
        .containsExactly(new RuleFact(5 * SECOND, false, StatusCode.GOOD));
  }

  @Test
  void thresholdHasHysteresis() {
    assertThat(
            said(
                rule(HOT, 0, 0),
                List.of(
                    at(0, 80.0), at(1, 90.0), at(2, 91.0), at(3, 86.0), at(4, 85.0), at(5, 89.0))))
        .containsExactly("0.0-", "2.0+", "4.0-");
    assertThat(
            said(
                rule(new Threshold(false, 10, 12), 0, 0),
                List.of(at(0, 9.0), at(1, 11.0), at(2, 12.5))))
        .containsExactly("0.0-", "0.0+", "2.0-");
  }

  @Test
  void delayEndsAtItsOwnMoment() {
    assertThat(said(rule(HOT, 5, 0), List.of(at(0, 80.0), at(2, 95.0), at(60, 96.0))))
        .containsExactly("0.0-", "7.0+");
    assertThat(said(rule(HOT, 5, 0), List.of(at(0, 80.0), at(2, 95.0), time(6.9))))
        .containsExactly("0.0-");
    assertThat(said(rule(HOT, 5, 0), List.of(at(0, 80.0), at(2, 95.0), at(6, 80.0), time(60))))
        .containsExactly("0.0-");
    assertThat(said(rule(HOT, 0, 5), List.of(at(0, 95.0), at(2, 80.0), time(9))))
        .containsExactly("0.0-", "0.0+", "7.0-");
  }

  @Test
  void badTagMakesTheRuleUncertainAndKeepsWhatItSaid() {
    assertThat(
            said(rule(HOT, 0, 0), List.of(at(0, 95.0), bad(3), bad(4), at(5, 96.0), at(6, 10.0))))
        .containsExactly("0.0-", "0.0+", "3.0+?", "5.0+", "6.0-");
    assertThat(said(rule(HOT, 9, 0), List.of(at(0, 80.0), at(1, 95.0), bad(3), time(60))))
        .as("a pending alarm is not raised on no knowledge")
        .containsExactly("0.0-", "3.0-?");
    assertThat(said(rule(HOT, 9, 0), List.of(bad(3), time(60)))).isEmpty();
  }

  @Test
  void valuesOlderThanTheNewestSayNothing() {
    assertThat(said(rule(HOT, 0, 0), List.of(at(5, 80.0), at(4, 95.0)))).containsExactly("5.0-");
  }

  /** Second by second, with a loop that knows nothing of folds. */
  @Test
  void thresholdWithDelaysEqualsBruteForce() {
    for (long seed = 0; seed < 500; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int delay = random.nextInt(4);
      int clearDelay = random.nextInt(4);
      double[] numbers = new double[120];
      List<LogicInput.Value> values = new ArrayList<>();
      double number = 85;
      for (int second = 0; second < numbers.length; second++) {
        if (second == 0 || random.nextInt(3) == 0) {
          number = random.nextInt(80, 96);
          values.add(at(second, number));
        }
        numbers[second] = number;
      }
      List<LogicInput> inputs = Series.withTime(values, random, (numbers.length - 1) * SECOND);
      assertThat(said(rule(HOT, delay, clearDelay), inputs))
          .as("seed %d", seed)
          .isEqualTo(bruteForce(numbers, delay, clearDelay));
    }
  }

  private static List<String> bruteForce(double[] numbers, int delay, int clearDelay) {
    List<String> said = new ArrayList<>(List.of("0.0-"));
    boolean beyond = false;
    boolean active = false;
    int since = 0;
    for (int second = 0; second < numbers.length; second++) {
      // A delay that is over now was over before the value of this second came.
      if (beyond != active && second - since >= (beyond ? delay : clearDelay) && second > 0) {
        if (second - since > 0) {
          active = beyond;
          said.add((double) (since + (beyond ? delay : clearDelay)) + (active ? "+" : "-"));
        }
      }
      boolean is = beyond ? numbers[second] > 85 : numbers[second] > 90;
      if (is != beyond) {
        beyond = is;
        since = second;
        if (beyond != active && (beyond ? delay : clearDelay) == 0) {
          active = beyond;
          said.add((double) second + (active ? "+" : "-"));
        }
      }
    }
    return said;
  }

  @Test
  void rateIsTheChangeOverTheSpan() {
    RuleFold fold = rule(new RateOfChange(Direction.RISING, 2, Duration.ofSeconds(10)), 0, 0);

    // 30 in 10 s is 3 per second; ten seconds after the jump nothing changes any more.
    assertThat(said(fold, List.of(at(0, 0.0), at(10, 5.0), at(15, 30.0), time(40))))
        .containsExactly("10.0-", "15.0+", "25.0-");
    assertThat(said(fold, List.of(at(0, 0.0), at(5, 30.0), time(40))))
        .as("known once a number has held for a whole span")
        .containsExactly("10.0-", "10.0+", "15.0-");
    assertThat(said(fold, List.of(at(0, 50.0), at(15, 0.0), time(40)))).containsExactly("10.0-");
  }

  @Test
  void rateCountsFallsIfAsked() {
    assertThat(
            said(
                rule(new RateOfChange(Direction.FALLING, 2, Duration.ofSeconds(10)), 0, 0),
                List.of(at(0, 50.0), at(15, 0.0), time(40))))
        .containsExactly("10.0-", "15.0+", "25.0-");
    assertThat(
            said(
                rule(new RateOfChange(Direction.EITHER, 2, Duration.ofSeconds(10)), 0, 0),
                List.of(at(0, 50.0), at(15, 0.0), bad(17), time(40))))
        .containsExactly("10.0-", "15.0+", "17.0+?");
  }

  @Test
  void rateEqualsBruteForce() {
    for (long seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int span = 2 + random.nextInt(8);
      double[] numbers = new double[150];
      List<LogicInput.Value> values = new ArrayList<>();
      double number = 0;
      for (int second = 0; second < numbers.length; second++) {
        if (second == 0 || random.nextInt(3) == 0) {
          number += random.nextInt(-10, 11);
          values.add(at(second, number));
        }
        numbers[second] = number;
      }
      List<String> expected = new ArrayList<>();
      for (int second = span; second < numbers.length; second++) {
        boolean fast = (numbers[second] - numbers[second - span]) / span > 1;
        if (expected.isEmpty()) {
          expected.add((double) second + "-");
        }
        if (expected.getLast().endsWith("+") != fast) {
          expected.add((double) second + (fast ? "+" : "-"));
        }
      }
      RuleFold fold = rule(new RateOfChange(Direction.RISING, 1, Duration.ofSeconds(span)), 0, 0);
      List<LogicInput> inputs = Series.withTime(values, random, (numbers.length - 1) * SECOND);
      assertThat(settled(said(fold, inputs))).as("seed %d", seed).isEqualTo(settled(expected));
    }
  }

  /**
   * Of several words at one moment, as when an old number leaves while a new one comes, the last.
   */
  private static List<String> settled(List<String> said) {
    List<String> settled = new ArrayList<>();
    for (String word : said) {
      String moment = word.substring(0, word.length() - 1);
      while (!settled.isEmpty()
          && settled.getLast().startsWith(moment)
          && settled.getLast().length() == word.length()) {
        settled.removeLast();
      }
      if (settled.isEmpty()
          || settled.getLast().charAt(settled.getLast().length() - 1)
              != word.charAt(word.length() - 1)) {
        settled.add(word);
      }
    }
    return settled;
  }

  @Test
  void rateMemoryIsBounded() {
    RuleFold fold = rule(new RateOfChange(Direction.RISING, 2, Duration.ofSeconds(10)), 0, 0);
    RuleState state = RuleState.NONE;
    for (int i = 0; i < 50_000; i++) {
      state = fold.step(state, at(i / 1000.0, (double) i)).state();
    }
    assertThat(
            ((ConditionState.OfRate) java.util.Objects.requireNonNull(state.condition())).points())
        .hasSizeBetween(200, Rates.PARTS + 2);
  }

  @Test
  void noDataIsFoundByTimeAlone() {
    RuleFold fold = rule(new NoData(Duration.ofSeconds(30)), 0, 0);

    assertThat(said(fold, List.of(at(0, 1.0), time(29), time(31), time(90), at(100, 2.0))))
        .containsExactly("0.0-", "30.0+", "100.0-");
    assertThat(said(fold, List.of(at(0, 1.0), at(100, 2.0))))
        .as("the gap between two values that come at once")
        .containsExactly("0.0-", "30.0+", "100.0-");
    assertThat(said(fold, List.of(time(5), time(36))))
        .as("a machine that never spoke")
        .containsExactly("35.0-", "35.0+");
    assertThat(said(fold, List.of(at(0, 1.0), bad(10), bad(29), time(31))))
        .as("Bad marks are no data")
        .containsExactly("0.0-", "30.0+");
  }

  @Test
  void valueThatCameTooLateEndsTheAlarmNotBeforeItBegan() {
    assertThat(
            said(
                rule(new NoData(Duration.ofSeconds(30)), 0, 0),
                List.of(at(0, 1.0), time(31), at(29, 2.0))))
        .containsExactly("0.0-", "30.0+", "30.0-");
  }

  @Test
  void patternIsASequenceWithinATime() {
    RuleFold fold =
        rule(
            new StatePattern(List.of("6", "11", "6"), Duration.ofSeconds(60), Optional.empty()),
            0,
            0);

    assertThat(said(fold, List.of(at(0, 4L), at(10, 6L), at(50, 11L), at(70, 6L), at(99, 4L))))
        .containsExactly("0.0-", "70.0+", "99.0-");
    assertThat(said(fold, List.of(at(0, 6L), at(50, 11L), at(61, 6L))))
        .as("too slow")
        .containsExactly("0.0-");
    assertThat(said(fold, List.of(at(0, 6L), at(5, 6L), at(9, 11L), at(10, 11L), at(11, 6L))))
        .as("a state that is told again is entered once")
        .containsExactly("0.0-", "11.0+");
    assertThat(said(fold, List.of(at(0, 6L), at(5, 11L), bad(6), at(7, 11L), at(9, 6L))))
        .as("a Bad value breaks the sequence")
        .containsExactly("0.0-", "6.0-?", "7.0-");
    assertThat(said(fold, List.of(at(0, 6L), at(5, 11L), at(9, 6L), at(12, 11L), at(14, 6L))))
        .as("the end of one is the begin of the next")
        .containsExactly("0.0-", "9.0+", "12.0-", "14.0+");
  }

  @Test
  void patternMayEndByItself() {
    RuleFold fold =
        rule(
            new StatePattern(
                List.of("6", "9"), Duration.ofSeconds(60), Optional.of(Duration.ofSeconds(10))),
            0,
            0);

    assertThat(said(fold, List.of(at(0, 6L), at(5, 9L), at(6, 6L), time(20))))
        .containsExactly("0.0-", "5.0+", "15.0-");
  }

  @Test
  void timeFedInPiecesChangesNothing() {
    List<Condition> conditions =
        List.of(
            new Threshold(true, 55, 50),
            new RateOfChange(Direction.EITHER, 2, Duration.ofSeconds(3)),
            new NoData(Duration.ofSeconds(2)),
            new StatePattern(List.of("50.0", "51.0"), Duration.ofSeconds(5), Optional.empty()));
    for (Condition condition : conditions) {
      for (long seed = 0; seed < 200; seed++) {
        SplittableRandom random = new SplittableRandom(seed);
        RuleFold fold = rule(condition, random.nextInt(3), random.nextInt(3));
        List<LogicInput.Value> values = Series.random(random, 120, 0.7);
        long end = values.getLast().micros() + 20 * SECOND;
        List<LogicInput> once = new ArrayList<>(values);
        once.add(new LogicInput.Time(end));
        assertThat(said(fold, Series.withTime(values, random, end)))
            .as("%s, seed %d", condition, seed)
            .isEqualTo(said(fold, once));
      }
    }
  }

  @Test
  void factsNeverRunBackwards() {
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<LogicInput.Value> values = Series.random(random, 120, 0.7);
      long last = Long.MIN_VALUE;
      RuleFold fold = rule(new NoData(Duration.ofSeconds(1)), 1, 1);
      for (RuleFact fact :
          Series.run(
              fold::step,
              RuleState.NONE,
              Series.withTime(values, random, values.getLast().micros() + SECOND))) {
        assertThat(fact.micros()).isGreaterThanOrEqualTo(last);
        last = fact.micros();
      }
    }
  }

  @Test
  void numbersOfEveryKindAreRead() {
    assertThat(Numbers.of(at(0, 7L).stamped().sample())).isEqualTo(7);
    assertThat(Numbers.of(bad(0).stamped().sample())).isNaN();
  }

  @Test
  void contradictionsAreRefused() {
    assertThatThrownBy(() -> new Threshold(true, 90, 91)).hasMessageContaining("beyond the limit");
    assertThatThrownBy(() -> new Threshold(false, 10, 9)).hasMessageContaining("beyond the limit");
    assertThatThrownBy(() -> new RateOfChange(Direction.EITHER, 0, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new NoData(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new StatePattern(List.of("6", "6"), Duration.ofSeconds(1), Optional.empty()))
        .hasMessageContaining("follows itself");
  }
}
