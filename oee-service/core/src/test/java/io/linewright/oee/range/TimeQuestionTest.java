package io.linewright.oee.range;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.oee.range.TimeQuestion.OfDay;
import io.linewright.oee.range.TimeQuestion.OfLot;
import io.linewright.oee.range.TimeQuestion.OfOrder;
import io.linewright.oee.range.TimeQuestion.OfRecentShift;
import io.linewright.oee.range.TimeQuestion.OfShift;
import java.time.LocalDate;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeQuestionTest {

  private static final LocalDate DAY = LocalDate.of(2026, 3, 29);

  @Test
  void eachWordHasItsForm() {
    assertThat(TimeQuestion.parse("shift:2026-03-29/night")).contains(new OfShift(DAY, "night"));
    assertThat(TimeQuestion.parse("shift:2026-03-29/a/b: c")).contains(new OfShift(DAY, "a/b: c"));
    assertThat(TimeQuestion.parse("shift:current")).contains(new OfRecentShift(0));
    assertThat(TimeQuestion.parse("shift:previous")).contains(new OfRecentShift(1));
    assertThat(TimeQuestion.parse("day:2026-03-29")).contains(new OfDay(DAY, DAY));
    assertThat(TimeQuestion.parse("day:2026-03-29/2026-03-31"))
        .contains(new OfDay(DAY, DAY.plusDays(2)));
    assertThat(TimeQuestion.parse("order:PO-1")).contains(new OfOrder("PO-1"));
    assertThat(TimeQuestion.parse("order:a:b/c")).contains(new OfOrder("a:b/c"));
    assertThat(TimeQuestion.parse("lot:L-7")).contains(new OfLot("L-7"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "current",
        "shift",
        "shift:",
        "shift:night",
        "shift:2026-03-29",
        "shift:2026-03-29/",
        "shift:2026-02-30/night",
        "shift:next",
        "Shift:current",
        "day:",
        "day:today",
        "day:2026-03-29/",
        "day:2026-03-29/2026-03-28",
        "day:2026-13-01",
        "day:1899-12-31",
        "day:+10000-01-01",
        "day:+999999999-12-31",
        "day:-0001-01-01",
        "day:2026-03-29/+999999999-12-31",
        "order:",
        "order: ",
        "lot:",
        "serial:1",
      })
  void whatIsNoQuestionIsNone(String text) {
    assertThat(TimeQuestion.parse(text)).isEmpty();
  }

  @Test
  void nonsenseIsNoQuestion() {
    List<ThrowingCallable> nonsense =
        List.of(
            () -> new OfDay(DAY, DAY.minusDays(1)),
            () -> new OfDay(DAY, LocalDate.of(10_000, 1, 1)),
            () -> new OfDay(LocalDate.of(1899, 12, 31), DAY),
            () -> new OfShift(LocalDate.of(1899, 12, 31), "night"),
            () -> new OfShift(DAY, " "),
            () -> new OfRecentShift(-1),
            () -> new OfRecentShift(101),
            () -> new OfOrder(""),
            () -> new OfLot(" "));
    assertThat(nonsense)
        .allSatisfy(made -> assertThatThrownBy(made).isInstanceOf(IllegalArgumentException.class));
  }
}
