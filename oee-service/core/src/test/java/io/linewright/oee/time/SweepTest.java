package io.linewright.oee.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.testkit.property.Seeded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SweepTest {

  private static final Span WHOLE = new Span(10, 20);

  @Test
  void theResultMayChangeWhereOneOfThemChanges() {
    Track<String> letters = Track.of(WHOLE, "a", List.of(new Change<>(15, 0, "b")));
    Track<Integer> numbers =
        Track.of(WHOLE, 1, List.of(new Change<>(12, 0, 2), new Change<>(15, 0, 3)));
    List<Object[]> asked = new ArrayList<>();
    Track<String> both =
        Sweep.over(
            WHOLE,
            List.of(letters, numbers),
            values -> {
              asked.add(values);
              return values[0] + "" + values[1];
            });
    assertThat(both.pieces())
        .containsExactly(
            new Piece<>(new Span(10, 12), "a1"),
            new Piece<>(new Span(12, 15), "a2"),
            new Piece<>(new Span(15, 20), "b3"));
    assertThat(asked)
        .containsExactly(new Object[] {"a", 1}, new Object[] {"a", 2}, new Object[] {"b", 3});
  }

  @Test
  void withoutTracksNothingChanges() {
    assertThat(Sweep.over(WHOLE, List.of(), values -> values.length))
        .isEqualTo(Track.constant(WHOLE, 0));
  }

  @Test
  void aTrackThatDoesNotKnowAllOfTheTimeIsRefused() {
    Track<String> shorter = Track.constant(new Span(10, 19), "a");
    assertThatThrownBy(() -> Sweep.over(WHOLE, List.of(shorter), values -> 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void atEachInstantTheFunctionIsOfTheValuesThere() {
    Seeded.check(
        10_000,
        random -> {
          Span whole = RandomTime.span(random);
          List<Track<?>> tracks = new ArrayList<>();
          int count = random.nextInt(6);
          for (int i = 0; i < count; i++) {
            tracks.add(RandomTime.track(random, whole));
          }
          Span part = RandomTime.spanIn(random, whole);
          Track<Integer> sums = Sweep.over(part, tracks, SweepTest::sum);
          assertThat(sums.whole()).isEqualTo(part);
          for (long t = part.fromMicros(); t < part.toMicros(); t++) {
            long now = t;
            assertThat(sums.at(t))
                .isEqualTo(sum(tracks.stream().map(track -> track.at(now)).toArray()));
          }
          assertThat(Sweep.over(whole, tracks, SweepTest::sum).within(part)).isEqualTo(sums);
        });
  }

  private static int sum(Object[] values) {
    return Arrays.stream(values).mapToInt(value -> (Integer) value).sum();
  }
}
