package io.linewright.oee.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.testkit.property.Seeded;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpanTest {

  @Test
  void theBeginBelongsToItTheEndDoesNot() {
    Span span = new Span(-2, 3);
    assertThat(span.micros()).isEqualTo(5);
    assertThat(span.contains(-3)).isFalse();
    assertThat(span.contains(-2)).isTrue();
    assertThat(span.contains(2)).isTrue();
    assertThat(span.contains(3)).isFalse();
  }

  @Test
  void isNeverEmptyNorBackwards() {
    assertThatThrownBy(() -> new Span(1, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Span(1, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void itsLengthFitsALong() {
    assertThat(new Span(-1, Long.MAX_VALUE - 1).micros()).isEqualTo(Long.MAX_VALUE);
    assertThatThrownBy(() -> new Span(-1, Long.MAX_VALUE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Span(Long.MIN_VALUE, Long.MAX_VALUE))
        .isInstanceOf(IllegalArgumentException.class);
    Span early = new Span(Long.MIN_VALUE, Long.MIN_VALUE + 1);
    assertThatThrownBy(() -> early.hull(new Span(0, 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void thoseThatTouchHaveNothingInCommon() {
    Span one = new Span(0, 5);
    Span next = new Span(5, 9);
    assertThat(one.overlaps(next)).isFalse();
    assertThat(one.and(next)).isEmpty();
    assertThat(one.hull(next)).isEqualTo(new Span(0, 9));
  }

  @Test
  void areOrderedByBeginThenByEnd() {
    assertThat(List.of(new Span(1, 2), new Span(0, 9), new Span(0, 3)).stream().sorted())
        .containsExactly(new Span(0, 3), new Span(0, 9), new Span(1, 2));
  }

  @Test
  void whatTheyHaveInCommonIsWhatBothContain() {
    Seeded.check(
        10_000,
        random -> {
          Span a = RandomTime.span(random);
          Span b = RandomTime.span(random);
          Span both = a.and(b).orElse(null);
          assertThat(both != null).isEqualTo(a.overlaps(b));
          assertThat(a.covers(b)).isEqualTo(b.equals(both));
          Span hull = a.hull(b);
          for (long t = hull.fromMicros() - 1; t <= hull.toMicros(); t++) {
            assertThat(both != null && both.contains(t)).isEqualTo(a.contains(t) && b.contains(t));
          }
          assertThat(hull.covers(a) && hull.covers(b)).isTrue();
          assertThat(hull.fromMicros()).isIn(a.fromMicros(), b.fromMicros());
          assertThat(hull.toMicros()).isIn(a.toMicros(), b.toMicros());
        });
  }
}
