package io.linewright.oee.slice;

import static io.linewright.oee.slice.SliceFlag.BY_WORD;
import static io.linewright.oee.slice.SliceFlag.FIRST_OF_EPISODE;
import static io.linewright.oee.slice.SliceFlag.FORCED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.oee.time.Span;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TimeSliceTest {

  private static final Span SPAN = new Span(0, 10);

  @Test
  void aReasonHasACode() {
    assertThat(slice("J7", Set.of()).reason()).isEqualTo("J7");
    assertThat(slice(null, Set.of()).reason()).isNull();
    assertThatThrownBy(() -> slice("", Set.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void flagsAreIndependent() {
    TimeSlice slice = slice(null, Set.of(FORCED, FIRST_OF_EPISODE));
    assertThat(slice.has(FORCED)).isTrue();
    assertThat(slice.has(FIRST_OF_EPISODE)).isTrue();
    assertThat(slice.has(BY_WORD)).isFalse();
  }

  @Test
  void flagsAreListedInTheSameOrderAlways() {
    for (int sum = 0; sum < 16; sum++) {
      Set<SliceFlag> flags = new HashSet<>();
      for (SliceFlag flag : SliceFlag.values()) {
        if ((sum & (1 << flag.ordinal())) != 0) {
          flags.add(flag);
        }
      }
      assertThat(List.copyOf(slice(null, flags).flags())).containsExactlyElementsOf(sorted(flags));
    }
  }

  @Test
  void nobodyChangesTheFlagsFromOutside() {
    Set<SliceFlag> flags = new HashSet<>(Set.of(FORCED));
    TimeSlice slice = slice(null, flags);
    flags.add(BY_WORD);
    assertThat(slice).isEqualTo(slice(null, Set.of(FORCED)));
    assertThatThrownBy(() -> slice.flags().add(BY_WORD))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  private static List<SliceFlag> sorted(Set<SliceFlag> flags) {
    return flags.stream().sorted().toList();
  }

  private static TimeSlice slice(@Nullable String reason, Set<SliceFlag> flags) {
    return new TimeSlice(
        SPAN, TimeCategory.DELAY, TimeCategory.BREAKDOWN, "Aborted", reason, flags);
  }
}
