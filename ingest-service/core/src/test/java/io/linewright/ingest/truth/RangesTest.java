package io.linewright.ingest.truth;

import static io.linewright.ingest.truth.Words.at;
import static io.linewright.ingest.truth.Words.during;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.testkit.property.Seeded;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RangesTest {

  @Test
  void laterOnesArePaintedOverEarlierOnes() {
    Ranges ranges =
        Ranges.of(
            List.of(
                new Entry(2, 0, Correction.restore(during(3, 5))),
                new Entry(1, 0, Correction.delete(during(0, 10)))));
    assertThat(ranges.at(2)).isEqualTo(new Ranges.Stretch(0, 3, 1, true));
    assertThat(ranges.at(3)).isEqualTo(new Ranges.Stretch(3, 5, 2, false));
    assertThat(ranges.at(9)).isEqualTo(new Ranges.Stretch(5, 10, 1, true));
    assertThat(ranges.at(10)).isNull();
    assertThat(ranges.at(-1)).isNull();
    assertThat(Ranges.NONE.at(0)).isNull();
  }

  @Test
  void atEachTimeTheHighestVersionIsFound() {
    Seeded.check(
        2_000,
        random -> {
          List<Entry> entries = new ArrayList<>();
          int count = random.nextInt(20);
          for (int version = 1; version <= count; version++) {
            long from = random.nextInt(30);
            Target.During range = during(from, from + 1 + random.nextInt(30));
            entries.add(
                new Entry(
                    version,
                    0,
                    random.nextBoolean() ? Correction.delete(range) : Correction.restore(range)));
          }
          Ranges ranges = Ranges.of(entries);
          for (long time = -1; time < 62; time++) {
            long now = time;
            Entry latest =
                entries.stream()
                    .filter(e -> e.correction().target().fromMicros() <= now)
                    .filter(e -> e.correction().target().toMicros() > now)
                    .reduce((a, b) -> b)
                    .orElse(null);
            Ranges.Stretch stretch = ranges.at(now);
            if (latest == null || stretch == null) {
              assertThat(stretch).isNull();
              assertThat(latest).isNull();
            } else {
              assertThat(stretch.version()).isEqualTo(latest.version());
              assertThat(stretch.deleted()).isEqualTo(latest.correction().kind() == Kind.DELETE);
              assertThat(now).isBetween(stretch.fromMicros(), stretch.toMicros() - 1);
            }
          }
        });
  }

  @Test
  void aSingleValueIsNoRange() {
    assertThatThrownBy(() -> Ranges.of(List.of(new Entry(1, 0, Correction.delete(at(1))))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
