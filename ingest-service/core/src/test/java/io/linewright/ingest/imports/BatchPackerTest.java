package io.linewright.ingest.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.model.equipment.TagKey;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.model.telemetry.TelemetryBatch;
import io.linewright.model.telemetry.TelemetryCodec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchPackerTest {

  private static final long DAY = 86_400_000_000L;
  private static final long BEGIN = ImportTime.parse("1995-03-01T00:00:00Z");

  private final BatchPacker packer = new BatchPacker("an-import", BEGIN);
  private final List<TelemetryBatch> batches = new ArrayList<>();

  @Test
  void aBatchIsOfOneDeviceInTheOrderOfTheFileAndSaysThatItIsImported() {
    add("mill-1", "a", BEGIN + 1, SampleValue.of(1.5));
    add("mill-2", "a", BEGIN, SampleValue.of(2.5));
    add("mill-1", "b", BEGIN, SampleValue.of(3.5));
    add("mill-1", "a", BEGIN, SampleValue.of(4.5));
    batches.addAll(packer.drain());

    assertThat(batches)
        .extracting(batch -> batch.device().name())
        .containsExactly("mill-1", "mill-2");
    TelemetryBatch first = batches.getFirst();
    assertThat(ImportMark.isOn(first.group())).isTrue();
    assertThat(first.node()).isEqualTo("an-import");
    assertThat(first.series()).extracting(series -> series.tag().value()).containsExactly("a", "b");
    assertThat(first.series().getFirst().samples())
        .extracting(Sample::sourceMicros)
        .containsExactly(BEGIN + 1, BEGIN);
    assertThat(packer.drain()).isEmpty();
  }

  @Test
  void batchesStayBelowTheirLimitsAlsoWithTheLongestTexts() {
    String longest = "ü".repeat(SampleValue.MAX_BYTES / 2);
    int given = 0;
    for (int i = 0; i < 400; i++) {
      add("mill-" + i % 60, "t".repeat(200), BEGIN + i, SampleValue.of(longest));
      given++;
    }
    for (int i = 0; i < 25_000; i++) {
      add("press", "n", BEGIN + i * 1_000_003L, SampleValue.of(-1.0e300 / (i + 1)));
      given++;
    }
    assertThat(batches).as("given out before the end").hasSizeGreaterThan(50);
    batches.addAll(packer.drain());

    assertThat(batches.stream().mapToInt(TelemetryBatch::sampleCount).sum()).isEqualTo(given);
    for (TelemetryBatch batch : batches) {
      assertThat(TelemetryCodec.encode(batch).length).isLessThanOrEqualTo(TelemetryBatch.MAX_BYTES);
      assertThat(batch.sampleCount()).isLessThanOrEqualTo(BatchPacker.MAX_SAMPLES);
    }
  }

  /** Who stores a batch locks a partition for each of its days. */
  @Test
  void aBatchHasFewDays() {
    for (int day = 0; day < 1_000; day++) {
      add("mill", "monthly", BEGIN - day * DAY, SampleValue.of(1.0));
    }
    batches.addAll(packer.drain());

    assertThat(batches).hasSize(1 + 999 / BatchPacker.MAX_DAYS);
    for (TelemetryBatch batch : batches) {
      assertThat(batch.sampleCount()).isLessThanOrEqualTo(BatchPacker.MAX_DAYS);
    }
  }

  private void add(String machine, String tag, long micros, SampleValue value) {
    DataType type = value.type();
    batches.addAll(
        packer.add(
            new ImportTag(
                TagKey.parse("acme/graz/body/line-1/" + machine + "#" + tag),
                type,
                null,
                TagRole.PROCESS_VALUE),
            new Sample(value, StatusCode.BAD_NO_COMMUNICATION, micros, 7)));
  }
}
