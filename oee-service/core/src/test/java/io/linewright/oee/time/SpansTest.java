package io.linewright.oee.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.testkit.property.Seeded;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SpansTest {

  @Test
  void thoseThatTouchOrOverlapAreOne() {
    assertThat(Spans.of(List.of(new Span(5, 8), new Span(0, 3), new Span(3, 4), new Span(6, 9))))
        .isEqualTo(new Spans(List.of(new Span(0, 4), new Span(5, 9))));
    assertThat(Spans.of(List.of(new Span(0, 9), new Span(1, 2))))
        .isEqualTo(new Spans(List.of(new Span(0, 9))));
    assertThat(Spans.of(List.of())).isEqualTo(Spans.NONE);
  }

  @Test
  void onlyTheOneFormIsTaken() {
    for (Span second : List.of(new Span(3, 4), new Span(2, 4), new Span(-2, -1))) {
      assertThatThrownBy(() -> new Spans(List.of(new Span(0, 3), second)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void areTheSetsOfTheirInstants() {
    Seeded.check(
        10_000,
        random -> {
          List<Span> some = RandomTime.spans(random);
          List<Span> others = RandomTime.spans(random);
          Spans a = Spans.of(some);
          Spans b = Spans.of(others);
          assertThat(instants(a.list())).isEqualTo(instants(some));
          assertThat(a.micros()).isEqualTo(instants(some).size());

          Set<Long> common = instants(some);
          common.retainAll(instants(others));
          assertThat(instants(a.and(b).list())).isEqualTo(common);
          assertThat(b.and(a)).isEqualTo(a.and(b));

          Set<Long> left = instants(some);
          left.removeAll(instants(others));
          assertThat(instants(a.minus(b).list())).isEqualTo(left);

          Span part = RandomTime.span(random);
          Set<Long> inside = instants(some);
          inside.removeIf(t -> !part.contains(t));
          assertThat(instants(a.within(part).list())).isEqualTo(inside);
        });
  }

  @Test
  void equalSetsAreEqualObjects() {
    Seeded.check(
        1_000,
        random -> {
          List<Span> some = RandomTime.spans(random);
          Spans a = Spans.of(some);
          Spans b = Spans.of(RandomTime.spans(random));
          List<Span> shuffled = new ArrayList<>(some);
          shuffled.addAll(some);
          Collections.shuffle(shuffled, new Random(random.nextLong()));
          assertThat(Spans.of(shuffled)).isEqualTo(a);

          List<Span> parts = new ArrayList<>(a.and(b).list());
          parts.addAll(a.minus(b).list());
          assertThat(Spans.of(parts)).isEqualTo(a);
          assertThat(a.minus(b).micros() + a.and(b).micros()).isEqualTo(a.micros());
          assertThat(a.minus(a)).isEqualTo(Spans.NONE);
        });
  }

  @Test
  void aSumThatNoLongHoldsIsAnError() {
    Spans ever = new Spans(List.of(new Span(Long.MIN_VALUE, -1), new Span(0, Long.MAX_VALUE)));
    assertThatThrownBy(ever::micros).isInstanceOf(ArithmeticException.class);
  }

  private static Set<Long> instants(Collection<Span> spans) {
    Set<Long> instants = new TreeSet<>();
    for (Span span : spans) {
      for (long t = span.fromMicros(); t < span.toMicros(); t++) {
        instants.add(t);
      }
    }
    return instants;
  }
}
