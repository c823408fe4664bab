package io.linewright.bench.historian;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.bench.historian.StoredCheck.Verdict;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.SampleValue;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class StoredCheckTest {

  private static final long BEGIN = 1_700_000_000_000_000L;
  private static final int DOUBLE = 0;
  private static final int INTEGER = 14;
  private static final int BOOLEAN = 17;

  private final KnownSamples known = new KnownSamples(1, BEGIN);
  private final StoredCheck check = new StoredCheck(known, ids(), samples(3));

  @Test
  void everythingOnceIsNeitherLostNorRepeatedNorWrong() {
    for (int tag = 0; tag < KnownSamples.TAGS; tag++) {
      for (int number = 0; number < 3; number++) {
        check.compare(row(tag, number, number));
      }
    }

    assertThat(check.verdict()).isEqualTo(new Verdict(60, 0, 0, 0, 1));
  }

  @Test
  void whatIsMissingIsLost() {
    check.compare(row(DOUBLE, 0, 0));
    check.compare(row(BOOLEAN, 2, 2));

    assertThat(check.verdict()).isEqualTo(new Verdict(2, 58, 0, 0, 1));
  }

  @Test
  void theSameAgainIsRepeated() {
    check.compare(row(INTEGER, 1, 1));
    check.compare(row(INTEGER, 1, 1));

    assertThat(check.verdict().repeated()).isOne();
    assertThat(check.verdict().stored()).isOne();
  }

  @Test
  void anotherValueAnotherTimeAndAnotherTagAreWrong() {
    check.compare(row(DOUBLE, 0, 1)); // the value of another sample
    check.compare(row(INTEGER, 3, 3)); // one more than was sent
    ByteBuffer unknownTag = row(DOUBLE, 0, 0);
    unknownTag.putInt(unknownTag.position() + 4, 999);
    check.compare(unknownTag);
    ByteBuffer oddTime = row(DOUBLE, 0, 0);
    oddTime.putLong(oddTime.position() + 12, oddTime.getLong(oddTime.position() + 12) + 1);
    check.compare(oddTime);

    assertThat(check.verdict()).isEqualTo(new Verdict(0, 60, 0, 4, 1));
  }

  @Test
  void theBatchHoldsTheSamplesThatTheCheckExpects() {
    var series = known.batch(0, 0).series();

    assertThat(series).hasSize(KnownSamples.TAGS);
    assertThat(series.get(DOUBLE).samples().get(7).value())
        .isEqualTo(SampleValue.of(KnownSamples.number(DOUBLE, 7)));
    assertThat(series.get(INTEGER).samples().get(7).sourceMicros()).isEqualTo(BEGIN + 700_000);
    assertThat(KnownSamples.number(DOUBLE, 7)).isNotEqualTo(KnownSamples.number(DOUBLE, 8));
  }

  private static int[] ids() {
    int[] ids = new int[KnownSamples.TAGS];
    for (int tag = 0; tag < ids.length; tag++) {
      ids[tag] = 100 + tag;
    }
    return ids;
  }

  private static int[] samples(int count) {
    int[] samples = new int[KnownSamples.TAGS];
    java.util.Arrays.fill(samples, count);
    return samples;
  }

  /** As PostgreSQL gives it: tag, time, ordinal, status, three values, time of storing. */
  private ByteBuffer row(int tag, long number, long valueOf) {
    ByteBuffer row = ByteBuffer.allocate(100);
    row.putInt(4).putInt(100 + tag);
    row.putInt(8).putLong(known.micros(number) - 946_684_800_000_000L);
    row.putInt(2).putShort((short) 0);
    row.putInt(4).putInt(0);
    DataType type = KnownSamples.type(tag);
    if (type == DataType.DOUBLE) {
      row.putInt(8).putDouble(KnownSamples.number(tag, valueOf)).putInt(-1).putInt(-1);
    } else if (type == DataType.INTEGER) {
      row.putInt(-1).putInt(8).putLong(KnownSamples.integer(tag, valueOf)).putInt(-1);
    } else {
      row.putInt(-1).putInt(-1).putInt(1);
      row.put((byte) (KnownSamples.bool(tag, valueOf) ? 1 : 0));
    }
    return row.putInt(8).putLong(7).flip();
  }
}
