package io.linewright.oee.slice;

import static io.linewright.oee.slice.SliceFlag.BY_WORD;
import static io.linewright.oee.slice.SliceFlag.FIRST_OF_EPISODE;
import static io.linewright.oee.slice.TimeCategory.BREAKDOWN;
import static io.linewright.oee.slice.TimeCategory.DELAY;
import static io.linewright.oee.slice.TimeCategory.PRODUCTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.oee.time.Span;
import io.linewright.testkit.property.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class PartitionTest {

  private static final Span WHOLE = new Span(0, 10);

  @Test
  void whatLeavesAGapOverlapsOrIsNotTheWholeIsRefused() {
    assertThatCode(() -> Partition.require(WHOLE, List.of(production(0, 4), breakdown(4, 10))))
        .doesNotThrowAnyException();
    List<List<TimeSlice>> wrong =
        List.of(
            List.of(),
            List.of(production(0, 9)),
            List.of(production(1, 10)),
            List.of(production(-1, 10)),
            List.of(production(0, 11)),
            List.of(production(0, 4), production(5, 10)),
            List.of(production(0, 5), production(4, 10)),
            List.of(production(5, 10), production(0, 5)));
    for (List<TimeSlice> slices : wrong) {
      assertThatThrownBy(() -> Partition.require(WHOLE, slices))
          .as("%s", slices)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void equalNeighboursAreOneSlice() {
    assertThat(
            Partition.joined(
                List.of(production(0, 2), production(2, 3), breakdown(3, 5), production(5, 10))))
        .containsExactly(production(0, 3), breakdown(3, 5), production(5, 10));
    assertThat(Partition.joined(List.of(production(0, 2), production(3, 10))))
        .containsExactly(production(0, 2), production(3, 10));
    assertThat(Partition.joined(List.of(breakdown(0, 2, BY_WORD), breakdown(2, 10)))).hasSize(2);
    assertThat(
            Partition.joined(
                List.of(
                    new TimeSlice(new Span(0, 2), BREAKDOWN, BREAKDOWN, "8", null, Set.of()),
                    new TimeSlice(new Span(2, 4), BREAKDOWN, BREAKDOWN, "9", null, Set.of()),
                    new TimeSlice(new Span(4, 6), BREAKDOWN, BREAKDOWN, "9", "J7", Set.of()),
                    new TimeSlice(new Span(6, 10), BREAKDOWN, DELAY, "9", "J7", Set.of()))))
        .hasSize(4);
  }

  @Test
  void twoStopsThatTouchStayTwo() {
    List<TimeSlice> two =
        List.of(breakdown(0, 4, FIRST_OF_EPISODE), breakdown(4, 10, FIRST_OF_EPISODE));
    assertThat(Partition.joined(two)).isEqualTo(two);
  }

  @Test
  void theRestOfAStopThatIsCutIsNoSecondOne() {
    List<TimeSlice> one = List.of(breakdown(0, 10, FIRST_OF_EPISODE, BY_WORD));
    List<TimeSlice> begin = Partition.within(one, new Span(0, 4));
    List<TimeSlice> rest = Partition.within(one, new Span(4, 10));
    assertThat(begin).containsExactly(breakdown(0, 4, FIRST_OF_EPISODE, BY_WORD));
    assertThat(rest).containsExactly(breakdown(4, 10, BY_WORD));
    assertThat(Partition.joined(List.of(begin.getFirst(), rest.getFirst()))).isEqualTo(one);
  }

  @Test
  void whatDescendsIsRefused() {
    List<TimeSlice> overlapping = List.of(production(0, 5), production(4, 10));
    List<TimeSlice> descending = List.of(production(5, 10), production(0, 5));
    for (List<TimeSlice> slices : List.of(overlapping, descending)) {
      assertThatThrownBy(() -> Partition.joined(slices))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> Partition.within(overlapping, WHOLE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whereThereAreNoSlicesThereAreNone() {
    List<TimeSlice> slices = List.of(production(0, 4), production(6, 10));
    assertThat(Partition.within(slices, new Span(4, 6))).isEmpty();
    assertThat(Partition.within(slices, new Span(-5, 0))).isEmpty();
    assertThat(Partition.within(slices, new Span(10, 12))).isEmpty();
    assertThat(Partition.within(slices, new Span(-5, 7)))
        .containsExactly(production(0, 4), production(6, 7));
    assertThat(Partition.within(List.of(), WHOLE)).isEmpty();
  }

  @Test
  void aPartIsDividedAsTheWholeIs() {
    Seeded.check(
        10_000,
        random -> {
          Span whole = RandomSlices.span(random);
          List<TimeSlice> slices = RandomSlices.partition(random, whole);
          Span part = RandomSlices.spanIn(random, whole);
          List<TimeSlice> inside = Partition.within(slices, part);
          Partition.require(part, inside);
          for (TimeSlice slice : inside) {
            TimeSlice of =
                slices.stream()
                    .filter(s -> s.span().contains(slice.span().fromMicros()))
                    .findFirst()
                    .orElseThrow();
            assertThat(slice)
                .isEqualTo(
                    slice.span().fromMicros() == of.span().fromMicros()
                        ? of.at(slice.span())
                        : of.part(slice.span()));
            assertThat(slice.has(FIRST_OF_EPISODE))
                .isEqualTo(
                    of.has(FIRST_OF_EPISODE)
                        && of.span().fromMicros() == slice.span().fromMicros());
          }
        });
  }

  @Test
  void joiningUndoesCutting() {
    Seeded.check(
        10_000,
        random -> {
          Span whole = RandomSlices.span(random);
          List<TimeSlice> slices = RandomSlices.partition(random, whole);
          List<TimeSlice> joined = Partition.joined(slices);
          Partition.require(whole, joined);
          assertThat(Partition.joined(joined)).isEqualTo(joined);
          assertThat(Partition.joined(cut(random, slices, whole))).isEqualTo(joined);
          assertThat(begins(joined)).isEqualTo(begins(slices));
        });
  }

  private static List<TimeSlice> cut(RandomGenerator random, List<TimeSlice> slices, Span whole) {
    List<TimeSlice> parts = new ArrayList<>();
    long from = whole.fromMicros();
    while (from < whole.toMicros()) {
      long to = Math.min(whole.toMicros(), from + 1 + random.nextInt(10));
      parts.addAll(Partition.within(slices, new Span(from, to)));
      from = to;
    }
    return parts;
  }

  private static List<Long> begins(List<TimeSlice> slices) {
    return slices.stream()
        .filter(slice -> slice.has(FIRST_OF_EPISODE))
        .map(slice -> slice.span().fromMicros())
        .toList();
  }

  private static TimeSlice production(long from, long to) {
    return new TimeSlice(new Span(from, to), PRODUCTION, PRODUCTION, "6", null, Set.of());
  }

  private static TimeSlice breakdown(long from, long to, SliceFlag... flags) {
    return new TimeSlice(new Span(from, to), BREAKDOWN, BREAKDOWN, "9", null, Set.of(flags));
  }
}
