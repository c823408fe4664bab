package io.linewright.oee.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.oee.time.Span;
import io.linewright.testkit.property.Seeded;
import java.util.List;
import org.junit.jupiter.api.Test;

class SliceArraysTest {

  private static final short[] ONE = {1};
  private static final int[] NONE = {0};
  private static final short[] NO_FLAGS = {0};

  @Test
  void areWhereSlicesMeetAndWhatTheyAre() {
    SliceArrays arrays =
        SliceArrays.of(
            List.of(
                new TimeSlice(new Span(5, 7), TimeCategory.SETUP, 3, 0, 0),
                new TimeSlice(
                    new Span(7, 12),
                    TimeCategory.PENDING,
                    TimeSlice.MAX_STATE,
                    70_000,
                    TimeSlice.FORCED)));
    assertThat(arrays.cuts()).containsExactly(5, 7, 12);
    assertThat(arrays.categories()).containsExactly((short) 1, (short) 11);
    assertThat(arrays.states()).containsExactly((short) 3, Short.MAX_VALUE);
    assertThat(arrays.reasons()).containsExactly(0, 70_000);
    assertThat(arrays.flags()).containsExactly((short) 0, (short) 2);
    assertThat(arrays.span()).isEqualTo(new Span(5, 12));
  }

  @Test
  void slicesSurviveStorage() {
    Seeded.check(
        2_000,
        random -> {
          Span whole = RandomSlices.span(random);
          List<TimeSlice> slices = RandomSlices.partition(random, whole);
          SliceArrays arrays = SliceArrays.of(slices);
          assertThat(arrays.slices()).isEqualTo(slices);
          assertThat(arrays.span()).isEqualTo(whole);
          SliceArrays read =
              new SliceArrays(
                  arrays.cuts(),
                  arrays.categories(),
                  arrays.states(),
                  arrays.reasons(),
                  arrays.flags());
          assertThat(read).isEqualTo(arrays).hasSameHashCodeAs(arrays);
          assertThat(SliceArrays.of(read.slices())).isEqualTo(arrays);
        });
  }

  @Test
  void whatIsNoPartitionIsRefused() {
    TimeSlice slice = new TimeSlice(new Span(0, 5), TimeCategory.DELAY, 0, 0, 0);
    assertThatThrownBy(() -> SliceArrays.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    for (Span second : List.of(new Span(6, 9), new Span(4, 9), new Span(-3, 0))) {
      assertThatThrownBy(() -> SliceArrays.of(List.of(slice, slice.at(second))))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void whatNoSliceMayBeIsRefused() {
    requireRefused(new long[] {}, new short[] {}, new short[] {}, new int[] {}, new short[] {});
    requireRefused(new long[] {0}, new short[] {}, new short[] {}, new int[] {}, new short[] {});
    requireRefused(new long[] {0, 0}, ONE, ONE, NONE, NO_FLAGS);
    requireRefused(new long[] {1, 0}, ONE, ONE, NONE, NO_FLAGS);
    requireRefused(new long[] {0, 1, 2}, ONE, ONE, NONE, NO_FLAGS);
    requireRefused(new long[] {0, 1}, new short[] {12}, ONE, NONE, NO_FLAGS);
    requireRefused(new long[] {0, 1}, new short[] {}, ONE, NONE, NO_FLAGS);
    requireRefused(new long[] {0, 1}, ONE, new short[] {-1}, NONE, NO_FLAGS);
    requireRefused(new long[] {0, 1}, ONE, new short[] {}, NONE, NO_FLAGS);
    requireRefused(new long[] {0, 1}, ONE, ONE, new int[] {-1}, NO_FLAGS);
    requireRefused(new long[] {0, 1}, ONE, ONE, new int[] {}, NO_FLAGS);
    requireRefused(new long[] {0, 1}, ONE, ONE, NONE, new short[] {32});
    requireRefused(new long[] {0, 1}, ONE, ONE, NONE, new short[] {});
    short[] two = {1, 1};
    requireRefused(
        new long[] {Long.MIN_VALUE, -1, Long.MAX_VALUE}, two, two, new int[2], new short[2]);
  }

  @Test
  void nobodyChangesThemFromOutside() {
    long[] cuts = {0, 1};
    SliceArrays arrays = new SliceArrays(cuts, ONE, ONE, NONE, NO_FLAGS);
    cuts[0] = 7;
    arrays.cuts()[0] = 7;
    arrays.categories()[0] = 7;
    arrays.states()[0] = 7;
    arrays.reasons()[0] = 7;
    arrays.flags()[0] = 7;
    assertThat(arrays).isEqualTo(new SliceArrays(new long[] {0, 1}, ONE, ONE, NONE, NO_FLAGS));
    assertThat(arrays)
        .isNotEqualTo(new SliceArrays(new long[] {0, 2}, ONE, ONE, NONE, NO_FLAGS))
        .isNotEqualTo(new SliceArrays(new long[] {0, 1}, NO_FLAGS, ONE, NONE, NO_FLAGS))
        .isNotEqualTo(new SliceArrays(new long[] {0, 1}, ONE, NO_FLAGS, NONE, NO_FLAGS))
        .isNotEqualTo(new SliceArrays(new long[] {0, 1}, ONE, ONE, new int[] {1}, NO_FLAGS))
        .isNotEqualTo(new SliceArrays(new long[] {0, 1}, ONE, ONE, NONE, ONE));
  }

  private static void requireRefused(
      long[] cuts, short[] categories, short[] states, int[] reasons, short[] flags) {
    assertThatThrownBy(() -> new SliceArrays(cuts, categories, states, reasons, flags))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
