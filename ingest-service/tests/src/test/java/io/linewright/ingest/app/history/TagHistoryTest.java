package io.linewright.ingest.app.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.ingest.app.answer.TimeRange;
import io.linewright.ingest.app.history.SampleSource.Ask;
import io.linewright.ingest.app.registry.Tag;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TagHistoryTest {

  private static final Tag TAG =
      new Tag(
          1,
          "acme/graz/mill-01",
          "t",
          DataType.DOUBLE,
          "1",
          TagRole.PROCESS_VALUE,
          null,
          null,
          null,
          "site",
          null,
          true,
          List.of());

  private final List<Ask> asked = new ArrayList<>();
  private final TagHistory history = new TagHistory(TAG, this::read, 10, 3);
  private final TimeRange range = new TimeRange(5, 95);

  @Test
  void aWalkReadsEachStretchOnce() {
    assertThat(micros(history.samples(range)))
        .containsExactlyElementsOf(LongStream.range(5, 95).boxed().toList());
    assertThat(asked).hasSize(10).doesNotHaveDuplicates();
  }

  @Test
  void walksSideBySideShareTheirStretches() {
    Iterator<Sample> one = history.samples(range);
    Iterator<Sample> other = history.samples(range);
    while (one.hasNext()) {
      one.next();
      other.next();
    }
    assertThat(other.hasNext()).isFalse();
    assertThat(asked).hasSize(10);
  }

  @Test
  void oneThatFallsBehindReadsAgainTheSame() {
    Iterator<Sample> late = history.samples(range);
    List<Long> first = micros(history.samples(range));
    assertThat(micros(late)).isEqualTo(first);
    assertThat(asked).hasSizeGreaterThan(15);
  }

  @Test
  void anEmptyRangeIsEmpty() {
    assertThat(history.samples(new TimeRange(500, 600)).hasNext()).isFalse();
  }

  private static List<Long> micros(Iterator<Sample> samples) {
    List<Long> micros = new ArrayList<>();
    samples.forEachRemaining(sample -> micros.add(sample.sourceMicros()));
    return micros;
  }

  /** A sample each microsecond from 0 to 99. */
  private List<Sample> read(Ask ask) {
    asked.add(ask);
    long from = ask.fromMicros() + (ask.afterOrdinal() < 0 ? 0 : 1);
    return LongStream.range(from, Math.min(100, ask.toMicros()))
        .limit(ask.limit())
        .mapToObj(at -> new Sample(SampleValue.of((double) at), StatusCode.GOOD, at, 0))
        .toList();
  }
}
