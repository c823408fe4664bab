package io.linewright.oee.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.testkit.property.Seeded;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CursorTest {

  private static final Track<String> LETTERS =
      Track.of(new Span(10, 20), "a", List.of(new Change<>(12, 0, "b"), new Change<>(15, 0, "c")));

  @Test
  void tellsWhatHoldsAndHowLong() {
    Cursor<String> cursor = LETTERS.cursor();
    assertThat(cursor.at(10)).isEqualTo("a");
    assertThat(cursor.until()).isEqualTo(12);
    assertThat(cursor.at(11)).isEqualTo("a");
    assertThat(cursor.at(19)).isEqualTo("c");
    assertThat(cursor.until()).isEqualTo(20);
    assertThat(cursor.at(19)).isEqualTo("c");
  }

  @Test
  void goesForwardOnlyAndNotOutOfTheTrack() {
    Cursor<String> cursor = LETTERS.cursor();
    assertThatThrownBy(() -> cursor.at(9)).isInstanceOf(IllegalArgumentException.class);
    cursor.at(15);
    assertThatThrownBy(() -> cursor.at(14)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> cursor.at(20)).isInstanceOf(IllegalArgumentException.class);
    assertThat(cursor.at(16)).isEqualTo("c");
  }

  @Test
  void walkingAlongManyMeetsEveryInstantOfEach() {
    Seeded.check(
        5_000,
        random -> {
          Span whole = RandomTime.span(random);
          Track<Integer> first = RandomTime.track(random, whole);
          Track<Integer> second = RandomTime.track(random, whole);
          List<Piece<Integer>> sums = new ArrayList<>();
          Cursor<Integer> one = first.cursor();
          Cursor<Integer> other = second.cursor();
          for (long from = whole.fromMicros(); from < whole.toMicros(); ) {
            int sum = one.at(from) + other.at(from);
            long to = Math.min(one.until(), other.until());
            sums.add(new Piece<>(new Span(from, to), sum));
            from = to;
          }
          assertThat(new Track<>(whole, sums)).isEqualTo(first.with(second, Integer::sum));
        });
  }
}
