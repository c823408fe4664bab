package io.linewright.edge.host.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagName;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.model.telemetry.TagSeries;
import io.linewright.model.telemetry.TelemetryBatch;
import io.linewright.model.telemetry.TelemetryCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchesTest {

  private static TelemetryBatch batch(List<TagSeries> series) {
    return new TelemetryBatch(
        EquipmentPath.parse("acme/graz/body/line-1/press-01"),
        "acme:graz",
        "gw-1",
        1,
        OptionalLong.of(2),
        series);
  }

  private static TagSeries texts(String tag, int count, int length, Random random) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String text = "ä".repeat(random.nextInt(length + 1) / 2);
      samples.add(new Sample(SampleValue.of(text), new StatusCode(-1), random.nextLong() >> 8, 3));
    }
    return new TagSeries(new TagName(tag), DataType.STRING, TagRole.PROCESS_VALUE, samples);
  }

  @Test
  void smallBatchStaysWhole() {
    TelemetryBatch small = batch(List.of(texts("a", 3, 10, new Random(1))));

    assertThat(Batches.split(small)).containsExactly(small);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyPartFitsARecordAndNothingIsLostOrMoved(long seed) {
    Random random = new Random(seed);
    List<TagSeries> series = new ArrayList<>();
    for (int tag = 0; tag < 1 + random.nextInt(20); tag++) {
      boolean longTexts = random.nextInt(4) == 0;
      series.add(
          texts(
              "tag/" + tag,
              1 + random.nextInt(longTexts ? 20 : 3000),
              longTexts ? SampleValue.MAX_BYTES : 40,
              random));
    }
    List<TelemetryBatch> parts = Batches.split(batch(series));

    for (TelemetryBatch part : parts) {
      assertThat(TelemetryCodec.encode(part).length).isLessThanOrEqualTo(TelemetryBatch.MAX_BYTES);
    }
    for (TagSeries whole : series) {
      List<Sample> joined = new ArrayList<>();
      parts.forEach(
          part ->
              part.series().stream()
                  .filter(one -> one.tag().equals(whole.tag()))
                  .forEach(one -> joined.addAll(one.samples())));
      assertThat(joined).as("seed %d", seed).isEqualTo(whole.samples());
    }
  }

  @Test
  void noPartHasMoreSamplesThanARecordMayHold() {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 120_000; i++) {
      samples.add(new Sample(SampleValue.of(true), StatusCode.GOOD, i, 0));
    }
    TagSeries series =
        new TagSeries(new TagName("a"), DataType.BOOLEAN, TagRole.PROCESS_VALUE, samples);

    assertThat(Batches.split(batch(List.of(series))))
        .allSatisfy(part -> assertThat(part.sampleCount()).isLessThanOrEqualTo(50_000));
  }
}
