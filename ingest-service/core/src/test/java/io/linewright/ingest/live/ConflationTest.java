package io.linewright.ingest.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.testkit.property.Seeded;
import org.junit.jupiter.api.Test;

class ConflationTest {

  @Test
  void theFirstSampleOfATagSkipsNone() {
    Conflation client = new Conflation();
    client.add();

    assertThat(client.take(0, 4_711)).isZero();
    assertThat(client.take(0, 4_711)).isEqualTo(Conflation.NOTHING_NEW);
  }

  @Test
  void samplesBetweenTwoMessagesAreSkippedButForTheNewest() {
    Conflation client = new Conflation();
    client.add();
    client.take(0, 10);

    assertThat(client.take(0, 11)).isZero();
    assertThat(client.take(0, 15)).isEqualTo(3);
  }

  @Test
  void whatWasGivenFromStorageIsNotSentAgain() {
    Conflation client = new Conflation();
    client.add();
    client.seen(0, 8);

    assertThat(client.take(0, 8)).isEqualTo(Conflation.NOTHING_NEW);
    assertThat(client.take(0, 10)).isEqualTo(1);
  }

  @Test
  void sentAndSkippedTogetherAreAllSamplesAtAnyPace() {
    Seeded.check(
        200,
        random -> {
          Conflation client = new Conflation();
          int tags = 1 + random.nextInt(40);
          long[] stored = new long[tags];
          for (int tag = 0; tag < tags; tag++) {
            client.add();
            client.seen(tag, 0);
          }
          long sent = 0;
          long skipped = 0;
          for (int step = 0; step < 50; step++) {
            for (int tag = 0; tag < tags; tag++) {
              stored[tag] += random.nextInt(4);
            }
            if (random.nextInt(3) == 0 || step == 49) {
              for (int tag = 0; tag < tags; tag++) {
                int left = client.take(tag, stored[tag]);
                sent += left >= 0 ? 1 : 0;
                skipped += Math.max(0, left);
              }
            }
          }
          long all = 0;
          for (long count : stored) {
            all += count;
          }
          assertThat(sent + skipped).isEqualTo(all);
        });
  }
}
