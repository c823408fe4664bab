package io.linewright.oee.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.oee.time.Span;
import org.junit.jupiter.api.Test;

class TimeSliceTest {

  private static final Span SPAN = new Span(0, 10);

  @Test
  void numbersOutOfRangeAreRefused() {
    assertThat(slice(TimeSlice.MAX_STATE, Integer.MAX_VALUE, 31).state()).isEqualTo(32_767);
    int[][] wrong = {{-1, 0, 0}, {32_768, 0, 0}, {0, -1, 0}, {0, 0, -1}, {0, 0, 32}, {0, 0, 64}};
    for (int[] numbers : wrong) {
      assertThatThrownBy(() -> slice(numbers[0], numbers[1], numbers[2]))
          .as("%s", (Object) numbers)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void flagsAreIndependent() {
    TimeSlice slice = slice(0, 0, TimeSlice.FORCED | TimeSlice.FIRST_OF_EPISODE);
    assertThat(slice.has(TimeSlice.FORCED)).isTrue();
    assertThat(slice.has(TimeSlice.FORCED | TimeSlice.FIRST_OF_EPISODE)).isTrue();
    assertThat(slice.has(TimeSlice.ABSORBED)).isFalse();
    assertThat(slice.has(TimeSlice.FORCED | TimeSlice.ABSORBED)).isFalse();
    assertThat(
            TimeSlice.ABSORBED
                + TimeSlice.FORCED
                + TimeSlice.BY_WORD
                + TimeSlice.UNPLANNED_OUTPUT
                + TimeSlice.FIRST_OF_EPISODE)
        .isEqualTo(31);
  }

  private static TimeSlice slice(int state, int reason, int flags) {
    return new TimeSlice(SPAN, TimeCategory.DELAY, state, reason, flags);
  }
}
