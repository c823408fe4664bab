package io.linewright.ingest.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.ingest.aggregate.bound.ValueCursor.Fill;
import io.linewright.ingest.aggregate.config.AggregateConfiguration;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.testkit.property.Seeded;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class AlignmentTest {

  @Test
  void setsATemperatureBesideAState() {
    var temperature = tag(Fill.INTERPOLATED, good(0, 20), good(100, 30));
    var state =
        tag(
            Fill.LAST_KNOWN,
            new Sample(SampleValue.of("idle"), StatusCode.GOOD, 0, 0),
            new Sample(SampleValue.of("execute"), StatusCode.GOOD, 40, 0));

    List<AlignedRow> rows =
        list(Alignment.onto(LongStream.of(0, 30, 60).iterator(), List.of(temperature, state)));

    assertThat(rows).extracting(AlignedRow::micros).containsExactly(0L, 30L, 60L);
    assertThat(rows.get(1).values().get(0).value()).isEqualTo(SampleValue.of(23.0));
    assertThat(rows.get(1).values().get(1).value()).isEqualTo(SampleValue.of("idle"));
    assertThat(rows.get(2).values().get(0).value()).isEqualTo(SampleValue.of(26.0));
    assertThat(rows.get(2).values().get(1).value()).isEqualTo(SampleValue.of("execute"));
  }

  @Test
  void theUnionHasEachInstantOnce() {
    var one = tag(Fill.LAST_KNOWN, good(1, 1), good(3, 3), good(5, 5));
    var other = tag(Fill.LAST_KNOWN, good(2, 20), good(3, 30));

    List<AlignedRow> rows = list(Alignment.union(List.of(one, other)));

    assertThat(rows).extracting(AlignedRow::micros).containsExactly(1L, 2L, 3L, 5L);
    assertThat(rows.get(0).values().get(1).value()).isNull();
    assertThat(rows.get(1).values().get(0).value()).isEqualTo(SampleValue.of(1.0));
    assertThat(rows.get(2).values().get(1).value()).isEqualTo(SampleValue.of(30.0));
    assertThat(rows.get(3).values().get(1).value()).isEqualTo(SampleValue.of(30.0));
  }

  @Test
  void aBadSampleIsAnInstantOfTheUnion() {
    var tag = tag(Fill.LAST_KNOWN, good(1, 1), new Sample(null, StatusCode.BAD, 2, 0));

    assertThat(list(Alignment.union(List.of(tag))))
        .extracting(AlignedRow::micros)
        .containsExactly(1L, 2L);
  }

  @Test
  void theUnionOfManyIsTheSetOfTheirTimes() {
    Seeded.check(
        100,
        random -> {
          var times = new TreeSet<Long>();
          List<AlignedTag> tags = new ArrayList<>();
          for (int k = 1 + random.nextInt(6); k > 0; k--) {
            List<Sample> samples = new ArrayList<>();
            for (long t = random.nextInt(9); t < 200; t += 1 + random.nextInt(20)) {
              samples.add(good(t, random.nextGaussian()));
              times.add(t);
            }
            Fill fill = Fill.values()[random.nextInt(3)];
            tags.add(tag(fill, samples.toArray(Sample[]::new)));
          }

          List<AlignedRow> rows = list(Alignment.union(tags));

          assertThat(rows).extracting(AlignedRow::micros).containsExactlyElementsOf(times);
          assertThat(rows).allMatch(r -> r.values().size() == tags.size());
        });
  }

  @Test
  void readsNoFurtherThanItMust() {
    var read = new int[1];
    Iterator<Sample> endless =
        LongStream.iterate(0, t -> t + 10)
            .mapToObj(
                t -> {
                  read[0]++;
                  return good(t, t);
                })
            .iterator();
    var tag = new AlignedTag(endless, Fill.INTERPOLATED, AggregateConfiguration.DEFAULT);
    var instants = LongStream.of(5, 15, 25).iterator();

    list(Alignment.onto(instants, List.of(tag)));

    assertThat(read[0]).isLessThanOrEqualTo(5);
  }

  @Test
  void needsATag() {
    assertThatThrownBy(() -> Alignment.union(List.of())).hasMessageContaining("at least one tag");
  }

  private static AlignedTag tag(Fill fill, Sample... samples) {
    return new AlignedTag(List.of(samples).iterator(), fill, AggregateConfiguration.DEFAULT);
  }

  private static List<AlignedRow> list(Iterator<AlignedRow> rows) {
    List<AlignedRow> list = new ArrayList<>();
    rows.forEachRemaining(list::add);
    return list;
  }

  private static Sample good(long micros, double value) {
    return new Sample(SampleValue.of(value), StatusCode.GOOD, micros, 0);
  }
}
