package io.linewright.oee.hourly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.oee.quantity.Quantity;
import io.linewright.oee.time.Span;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TargetActualTest {

  private static final long HOUR = 3_600_000_000L;
  private static final Span FIRST = new Span(0, HOUR);
  private static final Span SECOND = new Span(HOUR, 2 * HOUR);

  @Test
  void theTargetIsPlannedBusyTimeByTheIdealCycle() {
    List<TargetHour> hours =
        TargetActual.of(
            List.of(FIRST, SECOND),
            List.of(
                part(HOUR, 2 * HOUR, HOUR / 2, 4, 400),
                part(0, HOUR / 2, HOUR / 2, 4, 100),
                part(HOUR / 2, HOUR, HOUR / 4, 2, 50),
                part(5 * HOUR, 6 * HOUR, HOUR, 2, 999)),
            1);
    assertThat(hours).extracting(TargetHour::hour).containsExactly(FIRST, SECOND);
    // 30 min at 4 s and 15 min at 2 s
    assertThat(hours.getFirst().target()).isEqualTo(Quantity.of(900));
    assertThat(hours.getFirst().produced()).isEqualTo(Quantity.of(150));
    assertThat(hours.getFirst().good()).isEqualTo(Quantity.of(148));
    assertThat(hours.getLast().target()).isEqualTo(Quantity.of(450));
    assertThat(hours).allMatch(hour -> hour.withoutIdealMicros() == 0);
  }

  @Test
  void theRatioIsAShareOfTheIdeal() {
    assertThat(
            TargetActual.of(List.of(FIRST), List.of(part(0, HOUR, HOUR, 4, 0)), 0.85)
                .getFirst()
                .target())
        .isEqualTo(Quantity.of(765));
  }

  @Test
  void timeWithoutIdealCycleIsToldApart() {
    TargetPart unknown =
        new TargetPart(FIRST, 600, OptionalLong.empty(), Quantity.of(3), Quantity.of(2));
    assertThat(TargetActual.of(List.of(FIRST), List.of(unknown), 1))
        .containsExactly(new TargetHour(FIRST, Quantity.ZERO, Quantity.of(3), Quantity.of(2), 600));
  }

  @Test
  void partsOfSeveralMachinesAreSummed() {
    TargetPart one = part(0, HOUR, HOUR, 4, 10);
    assertThat(TargetActual.of(List.of(FIRST), List.of(one, one), 1).getFirst().target())
        .isEqualTo(Quantity.of(1_800));
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    TargetPart both = part(HOUR / 2, HOUR + 1, 1, 4, 0);
    List<Runnable> wrong =
        List.of(
            () -> TargetActual.of(List.of(FIRST, SECOND), List.of(both), 1),
            () -> TargetActual.of(List.of(SECOND), List.of(both), 1),
            () -> TargetActual.of(List.of(SECOND, FIRST), List.of(), 1),
            () -> TargetActual.of(List.of(FIRST, FIRST), List.of(), 1),
            () -> TargetActual.of(List.of(FIRST), List.of(), 0),
            () -> TargetActual.of(List.of(FIRST), List.of(), 2.01),
            () -> TargetActual.of(List.of(FIRST), List.of(), Double.NaN),
            () -> part(0, 10, 11, 4, 0),
            () -> part(0, 10, -1, 4, 0),
            () -> part(0, 745 * HOUR, 0, 4, 0),
            () -> new TargetPart(FIRST, 0, OptionalLong.of(999), Quantity.ZERO, Quantity.ZERO));
    for (Runnable one : wrong) {
      assertThatThrownBy(one::run).isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static TargetPart part(long from, long to, long busy, int seconds, int produced) {
    return new TargetPart(
        new Span(from, to),
        busy,
        OptionalLong.of(seconds * 1_000_000_000L),
        Quantity.of(produced),
        Quantity.of(Math.max(0, produced - 1)));
  }
}
