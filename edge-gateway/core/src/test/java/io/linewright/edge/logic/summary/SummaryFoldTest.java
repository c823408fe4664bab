package io.linewright.edge.logic.summary;

import static io.linewright.edge.logic.Series.SECOND;
import static io.linewright.edge.logic.Series.at;
import static io.linewright.edge.logic.Series.bad;
import static io.linewright.edge.logic.Series.time;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.linewright.edge.logic.LogicInput;
import io.linewright.edge.logic.Numbers;
import io.linewright.edge.logic.Series;
import io.linewright.model.equipment.TagName;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SummaryFoldTest {

  private static final SummaryFold TEN = new SummaryFold(Duration.ofSeconds(10));

  private static List<SummaryFact.Closed> closed(
      SummaryFold fold, List<? extends LogicInput> inputs) {
    return Series.run(fold::step, SummaryState.NONE, inputs).stream()
        .filter(SummaryFact.Closed.class::isInstance)
        .map(SummaryFact.Closed.class::cast)
        .toList();
  }

  private static double number(SummaryFact.Closed closed, SummaryValue value) {
    return closed.value(value) instanceof SampleValue.DoubleValue(double number)
        ? number
        : Double.NaN;
  }

  @Test
  void figuresOfOneWindow() {
    SummaryFact.Closed window =
        closed(TEN, List.of(at(0, 4.0), at(4, 10.0), at(8, 1.0), at(12, 7.0))).getFirst();

    assertThat(window.endMicros()).isEqualTo(10 * SECOND);
    assertThat(window.value(SummaryValue.COUNT)).isEqualTo(SampleValue.of(3L));
    assertThat(number(window, SummaryValue.MIN)).isEqualTo(1);
    assertThat(number(window, SummaryValue.MAX)).isEqualTo(10);
    assertThat(number(window, SummaryValue.MEAN)).isEqualTo((4 * 4 + 4 * 10 + 2 * 1) / 10.0);
    assertThat(number(window, SummaryValue.LAST)).isEqualTo(1);
    assertThat(number(window, SummaryValue.PERCENT_GOOD)).isEqualTo(100);
    assertThat(window.value(SummaryValue.FIRST_TIME)).isEqualTo(SampleValue.of(0L));
    assertThat(window.value(SummaryValue.LAST_TIME)).isEqualTo(SampleValue.of(8 * SECOND));
    assertThat(window.status(SummaryValue.MEAN)).isEqualTo(StatusCode.GOOD);
  }

  @Test
  void valueHoldsIntoTheNextWindow() {
    List<SummaryFact.Closed> windows = closed(TEN, List.of(at(0, 4.0), time(20)));

    assertThat(number(windows.get(1), SummaryValue.MEAN)).isEqualTo(4);
    assertThat(number(windows.get(1), SummaryValue.MIN)).isEqualTo(4);
    assertThat(windows.get(1).value(SummaryValue.COUNT)).isEqualTo(SampleValue.of(0L));
    assertThat(windows.get(1).value(SummaryValue.FIRST_TIME)).isNull();
    assertThat(windows.get(1).status(SummaryValue.FIRST_TIME)).isEqualTo(SummaryFact.NO_DATA);
  }

  @Test
  void badTimeDoesNotCount() {
    SummaryFact.Closed window =
        closed(TEN, List.of(at(0, 4.0), bad(5), at(7, 8.0), time(10))).getFirst();

    assertThat(number(window, SummaryValue.MEAN)).isEqualTo((5 * 4 + 3 * 8) / 8.0);
    assertThat(number(window, SummaryValue.PERCENT_GOOD)).isEqualTo(80);
    assertThat(window.status(SummaryValue.MEAN)).isEqualTo(SummaryFact.PARTIAL);
    assertThat(window.status(SummaryValue.PERCENT_GOOD)).isEqualTo(StatusCode.GOOD);
  }

  @Test
  void windowWithoutAnythingIsToldAsEmpty() {
    SummaryFact.Closed window = closed(TEN, List.of(time(3), time(10))).getFirst();

    assertThat(window.value(SummaryValue.MEAN)).isNull();
    assertThat(window.status(SummaryValue.MEAN)).isEqualTo(SummaryFact.NO_DATA);
    assertThat(window.value(SummaryValue.PERCENT_GOOD)).isEqualTo(SampleValue.of(0.0));
  }

  @Test
  void ofEmptyWindowsThatFollowEachOtherOnlyTheFirstIsTold() {
    List<SummaryFact.Closed> windows =
        closed(TEN, List.of(at(0, 4.0), bad(15), time(80), at(95, 6.0), bad(115), time(200)));

    assertThat(windows)
        .extracting(window -> window.endMicros() / SECOND)
        .containsExactly(10L, 20L, 30L, 100L, 110L, 120L, 130L);
    assertThat(windows)
        .extracting(window -> number(window, SummaryValue.PERCENT_GOOD))
        .containsExactly(100.0, 50.0, 0.0, 50.0, 100.0, 50.0, 0.0);
  }

  @Test
  void firstValueOfLongAgoReachesIntoTheOpenWindow() {
    SummaryFact.Closed window =
        closed(TEN, List.of(time(5003), at(12, 7.0), time(5010))).getFirst();

    assertThat(number(window, SummaryValue.MEAN)).isEqualTo(7);
    assertThat(number(window, SummaryValue.PERCENT_GOOD)).isEqualTo(100);
    assertThat(window.value(SummaryValue.COUNT)).isEqualTo(SampleValue.of(0L));
  }

  @Test
  void lateValuesAreToldAndChangeNothing() {
    List<SummaryFact> facts =
        Series.run(
            TEN::step, SummaryState.NONE, List.of(at(0, 4.0), at(5, 8.0), at(3, 99.0), time(10)));

    assertThat(facts.getFirst()).isInstanceOf(SummaryFact.Late.class);
    assertThat(number((SummaryFact.Closed) facts.getLast(), SummaryValue.MEAN)).isEqualTo(6);
  }

  @Test
  void longPauseIsBounded() {
    List<SummaryFact> facts =
        Series.run(TEN::step, SummaryState.NONE, List.of(at(0, 4.0), time(1_000_000)));

    assertThat(facts.stream().filter(SummaryFact.Closed.class::isInstance)).hasSize(1001);
    assertThat(facts).anyMatch(f -> f.equals(new SummaryFact.Skipped(98_999)));
  }

  @Test
  void figuresEqualThoseOfBruteForce() {
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<LogicInput.Value> values = Series.random(random, 150, 0.2 + random.nextDouble(3));
      long end = (values.getLast().micros() / (10 * SECOND) + 2) * 10 * SECOND;
      long told = Long.MIN_VALUE;
      boolean emptyTold = false;
      for (SummaryFact.Closed window : closed(TEN, Series.withTime(values, random, end))) {
        String where = "seed %d, window %d".formatted(seed, window.endMicros());
        compare(window, values, where);
        if (told != Long.MIN_VALUE && told != window.window().startMicros()) {
          assertThat(emptyTold).as("not told before " + where).isTrue();
          assertThat(nothingGood(values, told, window.window().startMicros())).as(where).isTrue();
        }
        told = window.endMicros();
        emptyTold = nothingGood(values, window.window().startMicros(), told);
      }
    }
  }

  /** Whether no good number arrives in a time or reaches into it. */
  private static boolean nothingGood(List<LogicInput.Value> values, long start, long end) {
    for (int i = 0; i < values.size(); i++) {
      long until = i + 1 < values.size() ? values.get(i + 1).micros() : Long.MAX_VALUE;
      Sample sample = values.get(i).stamped().sample();
      boolean good = sample.status().isGood() && !Double.isNaN(Numbers.of(sample));
      if (good && values.get(i).micros() < end && until >= start) {
        return false;
      }
    }
    return true;
  }

  /** Every figure from its definition alone, looking at all values each time. */
  private static void compare(
      SummaryFact.Closed closed, List<LogicInput.Value> values, String where) {
    long start = closed.window().startMicros();
    long end = closed.endMicros();
    double integral = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    double last = Double.NaN;
    long good = 0;
    long count = 0;
    for (int i = 0; i < values.size(); i++) {
      LogicInput.Value value = values.get(i);
      long from = value.micros();
      long until = i + 1 < values.size() ? values.get(i + 1).micros() : Long.MAX_VALUE;
      double number =
          value.stamped().sample().status().isGood()
              ? Numbers.of(value.stamped().sample())
              : Double.NaN;
      last = from < end ? number : last;
      if (Double.isNaN(number)) {
        continue;
      }
      boolean arrives = from >= start && from < end;
      // Zero-length values count, if they arrive; one that is replaced at the very begin does not.
      if (arrives || (from < start && until > start)) {
        min = Math.min(min, number);
        max = Math.max(max, number);
      } else if (from < start && until == start && i + 1 < values.size()) {
        min = Math.min(min, number);
        max = Math.max(max, number);
      }
      count += arrives ? 1 : 0;
      long overlap = Math.max(0, Math.min(until, end) - Math.max(from, start));
      good += overlap;
      integral += number * overlap;
    }
    assertThat(closed.value(SummaryValue.COUNT)).as(where).isEqualTo(SampleValue.of(count));
    assertThat(closed.window().goodMicros()).as(where).isEqualTo(good);
    if (good > 0) {
      assertThat(number(closed, SummaryValue.MEAN))
          .as(where)
          .isCloseTo(integral / good, within(1e-9));
    }
    if (min <= max) {
      assertThat(number(closed, SummaryValue.MIN)).as(where).isEqualTo(min);
      assertThat(number(closed, SummaryValue.MAX)).as(where).isEqualTo(max);
    }
    assertThat(Double.valueOf(number(closed, SummaryValue.LAST)))
        .as(where)
        .isEqualTo(Double.valueOf(last));
  }

  @Test
  void timeFedInPiecesChangesNothing() {
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<LogicInput.Value> values = Series.random(random, 100, 4);
      long end = values.getLast().micros() + 100 * SECOND;
      List<LogicInput> once = new ArrayList<>(values);
      once.add(new LogicInput.Time(end));

      assertThat(Series.run(TEN::step, SummaryState.NONE, Series.withTime(values, random, end)))
          .as("seed %d", seed)
          .isEqualTo(Series.run(TEN::step, SummaryState.NONE, once));
    }
  }

  @Test
  void windowsDivideADay() {
    assertThatThrownBy(() -> summary(Duration.ofSeconds(7)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("divide a day");
    assertThat(summary(Duration.ofMinutes(15)).nameOf(SummaryValue.PERCENT_GOOD))
        .isEqualTo(new TagName("t/15min/percent-good"));
  }

  private static Summary summary(Duration window) {
    return new Summary(
        new TagName("t"),
        new TagName("t/15min"),
        window,
        List.of(SummaryValue.MEAN),
        Optional.empty());
  }
}
