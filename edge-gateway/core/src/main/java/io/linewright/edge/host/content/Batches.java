package io.linewright.edge.host.content;

import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.SampleValue.BytesValue;
import io.linewright.model.sample.SampleValue.StringValue;
import io.linewright.model.telemetry.TagSeries;
import io.linewright.model.telemetry.TelemetryBatch;
import java.util.ArrayList;
import java.util.List;

/** Cuts batches so that each fits one Kafka record. */
public final class Batches {

  /** Room for device, group, node and times of a batch. */
  private static final int BATCH_BYTES = 4 * 1024;

  /** Most bytes of a series apart from its samples and its name. */
  private static final int SERIES_BYTES = 64;

  /** Most bytes of time, ordinal, status, mark for a missing value and number of a sample. */
  private static final int SAMPLE_BYTES = 10 + 3 + 5 + 5 + 10;

  private Batches() {}

  /** The batch in parts within the limits of {@link TelemetryBatch}; order of values is kept. */
  public static List<TelemetryBatch> split(TelemetryBatch whole) {
    if (whole.sampleCount() <= TelemetryBatch.MAX_SAMPLES && bytes(whole) <= room()) {
      return List.of(whole);
    }
    List<TelemetryBatch> parts = new ArrayList<>();
    List<TagSeries> series = new ArrayList<>();
    int bytes = 0;
    int count = 0;
    for (TagSeries one : whole.series()) {
      int from = 0;
      bytes += bytes(one);
      for (int i = 0; i < one.samples().size(); i++) {
        int size = bytes(one.samples().get(i));
        if (count > 0 && (bytes + size > room() || count == TelemetryBatch.MAX_SAMPLES)) {
          cut(one, from, i, series);
          parts.add(with(whole, series));
          series.clear();
          bytes = bytes(one);
          count = 0;
          from = i;
        }
        bytes += size;
        count++;
      }
      cut(one, from, one.samples().size(), series);
    }
    parts.add(with(whole, series));
    return parts;
  }

  private static int room() {
    return TelemetryBatch.MAX_BYTES - BATCH_BYTES;
  }

  private static void cut(TagSeries whole, int from, int to, List<TagSeries> into) {
    if (from < to) {
      into.add(
          new TagSeries(
              whole.tag(), whole.type(), whole.role(), whole.samples().subList(from, to)));
    }
  }

  private static TelemetryBatch with(TelemetryBatch whole, List<TagSeries> series) {
    return new TelemetryBatch(
        whole.device(),
        whole.group(),
        whole.node(),
        whole.gatewayMicros(),
        whole.completeUntilMicros(),
        series);
  }

  private static long bytes(TelemetryBatch batch) {
    long bytes = 0;
    for (TagSeries series : batch.series()) {
      bytes += bytes(series);
      for (Sample sample : series.samples()) {
        bytes += bytes(sample);
      }
    }
    return bytes;
  }

  private static int bytes(TagSeries series) {
    return SERIES_BYTES + 3 * series.tag().value().length();
  }

  private static int bytes(Sample sample) {
    return SAMPLE_BYTES
        + switch (sample.value()) {
          case StringValue(String text) -> Math.min(3 * text.length(), SampleValue.MAX_BYTES);
          case BytesValue(byte[] bytes) -> bytes.length;
          case null, default -> 0;
        };
  }
}
