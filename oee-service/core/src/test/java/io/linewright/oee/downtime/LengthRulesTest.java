package io.linewright.oee.downtime;

import static io.linewright.oee.downtime.Scene.judged;
import static io.linewright.oee.downtime.Scene.show;
import static io.linewright.oee.downtime.Scene.slices;
import static io.linewright.oee.downtime.Scene.span;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.oee.order.StartUp;
import io.linewright.oee.slice.SliceFlag;
import io.linewright.oee.slice.TimeSlice;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LengthRulesTest {

  @Test
  void aShortStopBesideProductionIsProduction() {
    check("P60 M9 P60", "PRODUCTION 129");
    check("P60 B4 D5 P60", "PRODUCTION 129");
    check("P60 D9 n60", "PRODUCTION 69 NO_DATA 60");
    check("n60 D9 P60", "NO_DATA 60 PRODUCTION 69");
    check("P60 M10 P60", "PRODUCTION 60 MINOR_STOP 10 PRODUCTION 60");
    assertThat(judged("P60 M9 P60").get(1).said().name()).isEqualTo("MINOR_STOP");
    assertThat(judged("P60 M9 P60").get(1).flags()).isEmpty();
  }

  @Test
  void productionIsNeverMadeOfTimeBetweenGaps() {
    check("n60 D9 n60", "NO_DATA 60 DELAY 9 NO_DATA 60");
    check("x60 D9 n60", "UNSCHEDULED 60 DELAY 9 NO_DATA 60");
    check("P9 n60 D9 x60", "PRODUCTION 9 NO_DATA 60 DELAY 9 UNSCHEDULED 60");
    check("D9", "DELAY 9");
  }

  @Test
  void aBreakDoesNotEndAStop() {
    // 5 s before the break and 10 min after it are one breakdown.
    check(
        "P60 B5 b900 B600 P9",
        "PRODUCTION 60 BREAKDOWN 5 PLANNED_STOP 900 BREAKDOWN 600 PRODUCTION 9");
    assertThat(Episodes.of(slices("P60 B5 b900 B600 P9"))).containsExactly(span(60, 1565));
    // 8 s in all, and production beyond the break
    check(
        "P60 b100 D8 b100 n9",
        "PRODUCTION 60 PLANNED_STOP 100 PRODUCTION 8 PLANNED_STOP 100 NO_DATA 9");
    check("n60 b100 D8 b100 n9", "NO_DATA 60 PLANNED_STOP 100 DELAY 8 PLANNED_STOP 100 NO_DATA 9");
    // It runs in the break: two stops
    assertThat(Episodes.of(slices("P9 B20 p60 B20 P9"))).hasSize(2);
    assertThat(Episodes.of(slices("P9 b60 B20 b60 P9"))).containsExactly(span(69, 89));
    assertThat(Episodes.of(slices("P9 b60 P9"))).isEmpty();
  }

  @Test
  void plannedStopsAreNotMadeProduction() {
    check("P60 L5 P60", "PRODUCTION 60 PLANNED_STOP 5 PRODUCTION 60");
    check("P60 L5 D4 P60", "PRODUCTION 60 PLANNED_STOP 5 PRODUCTION 64");
  }

  @Test
  void aMinorStopAboveTheCeilingIsNotExplained() {
    check("P9 M300 P9", "PRODUCTION 9 MINOR_STOP 300 PRODUCTION 9");
    check("P9 M301 P9", "PRODUCTION 9 UNEXPLAINED 301 PRODUCTION 9");
    check("P9 M200 D200 P9", "PRODUCTION 9 UNEXPLAINED 200 DELAY 200 PRODUCTION 9");
    check("P9 U20 P9", "PRODUCTION 9 UNEXPLAINED 20 PRODUCTION 9");
    check(
        "P9 M200 b900 M50 P9",
        "PRODUCTION 9 MINOR_STOP 200 PLANNED_STOP 900 MINOR_STOP 50 PRODUCTION 9");
  }

  @Test
  void aLongStopFromInsideNeedsAReasonWhateverTheMachineCallsIt() {
    assertThat(forced("P9 B301 P9")).isEqualTo(1);
    assertThat(forced("P9 M301 P9")).isEqualTo(1);
    assertThat(forced("P9 U301 P9")).isEqualTo(1);
    assertThat(forced("P9 B300 P9")).isZero();
    assertThat(forced("P9 D301 S301 L301 P9")).isZero();
    assertThat(forced("P9 D301 B1 P9")).isEqualTo(1);
    List<TimeSlice> free =
        LengthRules.apply(
            slices("P9 B301 P9"),
            micros ->
                new StopRules(
                    Duration.ofSeconds(10), Duration.ofSeconds(300), false, StartUp.NONE));
    assertThat(free).noneMatch(slice -> slice.has(SliceFlag.FORCED));
  }

  @Test
  void theRulesAreThoseOfTheBeginOfTheStop() {
    StopRules strict = new StopRules(Duration.ZERO, Duration.ofSeconds(20), true, StartUp.NONE);
    assertThat(
            show(
                LengthRules.apply(
                    slices("P60 M21 P9 M21 P9"),
                    micros -> micros >= 90 * Scene.SECOND ? strict : StopRules.DEFAULT)))
        .isEqualTo("PRODUCTION 60 MINOR_STOP 21 PRODUCTION 9 UNEXPLAINED 21 PRODUCTION 9");
    assertThat(show(LengthRules.apply(slices("P60 M1 P9"), micros -> strict)))
        .isEqualTo("PRODUCTION 60 MINOR_STOP 1 PRODUCTION 9");
  }

  @Test
  void rulesThatMakeNoSenseAreRefused() {
    for (long[] wrong : new long[][] {{-1, 300}, {3_601, 7_200}, {20, 19}, {0, 86_401}}) {
      assertThatThrownBy(
              () ->
                  new StopRules(
                      Duration.ofSeconds(wrong[0]),
                      Duration.ofSeconds(wrong[1]),
                      true,
                      StartUp.NONE))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static void check(String text, String expected) {
    assertThat(show(judged(text))).as(text).isEqualTo(expected);
  }

  private static long forced(String text) {
    return judged(text).stream().filter(slice -> slice.has(SliceFlag.FORCED)).count();
  }
}
