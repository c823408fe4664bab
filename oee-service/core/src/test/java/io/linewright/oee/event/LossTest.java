package io.linewright.oee.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.model.event.SamplesLost;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LossTest {

  private static final Instant FROM = Instant.ofEpochSecond(1);

  @Test
  void theValuesOfOneInstantMayBeLost() {
    assertThat(Loss.of("1", lost(FROM, List.of("state"), 1)))
        .isEqualTo(new Loss("1", 1_000_000, 1_000_000, Set.of("state")));
    assertThatThrownBy(() -> new Loss("1", 5, 4, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Loss("", 5, 5, null)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void onlyIfAllTagsAreNamedTheOthersAreNotConcerned() {
    Loss all = Loss.of("1", lost(FROM, List.of("state", "good"), 2));
    assertThat(all.mayConcern("state")).isTrue();
    assertThat(all.mayConcern("energy")).isFalse();

    List<String> many = IntStream.range(0, 60).mapToObj(i -> "t" + i).toList();
    assertThat(Loss.of("2", lost(FROM, many, 60)).tags()).isNull();
    assertThat(Loss.of("3", lost(FROM, List.of("state"), null)).tags()).isNull();
    assertThat(Loss.of("4", lost(FROM, null, 3)).mayConcern("energy")).isTrue();
  }

  @Test
  void whatComesFromOutsideIsNotRefused() {
    assertThat(Loss.of("1", lost(Instant.EPOCH, null, null)))
        .isEqualTo(new Loss("1", 1_000_000, 1_000_000, null));
    assertThat(
            Loss.of(
                "1",
                new SamplesLost("a", Instant.MIN, Instant.MAX, null, "never seen", null, null)))
        .isEqualTo(new Loss("1", EventKey.MIN_MICROS, EventKey.MAX_MICROS, null));
  }

  private static SamplesLost lost(
      Instant to, @Nullable List<String> tags, @Nullable Integer tagCount) {
    return new SamplesLost(
        "a/b/c/d",
        FROM,
        to,
        null,
        "the disk was full",
        tags == null ? null : sorted(tags),
        tagCount);
  }

  private static List<String> sorted(List<String> tags) {
    return tags.stream().sorted(Collections.reverseOrder()).toList();
  }
}
