package io.linewright.ingest.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.testkit.property.Seeded;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LongSetTest {

  @Test
  void knowsWhatASetOfObjectsKnows() {
    Seeded.check(
        50,
        random -> {
          LongSet set = new LongSet();
          Set<Long> model = new HashSet<>();
          int range = random.nextInt(1, 5_000);
          for (int i = 0; i < 3_000; i++) {
            long number = random.nextLong(-range, range) * (random.nextBoolean() ? 1L << 32 : 1);
            assertThat(set.contains(number)).isEqualTo(model.contains(number));
            if (random.nextInt(3) > 0) {
              set.add(number);
              model.add(number);
            }
            if (random.nextInt(2_000) == 0) {
              set.clear();
              model.clear();
            }
            assertThat(set.size()).isEqualTo(model.size());
          }
          LongSet copy = new LongSet();
          copy.add(7);
          copy.addAll(set);
          model.add(7L);
          assertThat(copy.size()).isEqualTo(model.size());
          model.forEach(number -> assertThat(copy.contains(number)).isTrue());
        });
  }
}
