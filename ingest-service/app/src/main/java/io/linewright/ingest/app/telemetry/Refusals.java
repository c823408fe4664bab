package io.linewright.ingest.app.telemetry;

import io.linewright.ingest.batch.SampleRow;
import io.linewright.kit.exactlyonce.SetAside;
import io.linewright.model.sample.Sample;
import io.linewright.model.telemetry.TagSeries;
import io.linewright.model.telemetry.TelemetryBatch;
import io.linewright.model.telemetry.TelemetryCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a batch sets aside. Samples of one series with one cause stay together, as a
 * telemetry batch of their own, so that they can be submitted again.
 */
final class Refusals {

  /** Where a series came from. Each is one of its own: comparing all that it has takes too long. */
  record Origin(ConsumerRecord<byte[], byte[]> record, TelemetryBatch batch, TagSeries series) {
    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  private record Group(Origin origin, String cause) {}

  private final List<SetAside> whole = new ArrayList<>();
  private final Map<Group, List<Sample>> parts = new LinkedHashMap<>();
  private long count;

  void unreadable(ConsumerRecord<byte[], byte[]> record, String cause) {
    whole.add(SetAside.whole(record, cause));
    count++;
  }

  void series(Origin origin, String cause) {
    origin.series().samples().forEach(sample -> sample(origin, sample, cause));
  }

  void sample(Origin origin, Sample sample, String cause) {
    parts.computeIfAbsent(new Group(origin, cause), group -> new ArrayList<>()).add(sample);
    count++;
  }

  void conflicts(List<Origin> origins, List<SampleRow> rows) {
    for (SampleRow row : rows) {
      Origin origin = origins.get(row.origin());
      sample(
          origin,
          row.sample(),
          "conflict: tag %s#%s has another value or status at the same time and ordinal"
              .formatted(origin.batch().device(), origin.series().tag()));
    }
  }

  /** Samples, and unreadable records, refused so far. */
  long count() {
    return count;
  }

  /** Everything refused so far, ready for quarantine. */
  List<SetAside> setAside() {
    List<SetAside> all = new ArrayList<>(whole);
    Map<ConsumerRecord<byte[], byte[]>, Integer> nextPart = new HashMap<>();
    parts.forEach(
        (group, samples) -> {
          Origin origin = group.origin();
          int part = nextPart.merge(origin.record(), 1, Integer::sum);
          all.add(new SetAside(origin.record(), encode(origin, samples), group.cause(), part));
        });
    return all;
  }

  private static byte[] encode(Origin origin, List<Sample> samples) {
    return TelemetryCodec.encode(part(origin.batch(), List.of(part(origin.series(), samples))));
  }

  /** A batch of its own with some of the series, in the same order. */
  static TelemetryBatch part(TelemetryBatch batch, List<TagSeries> series) {
    return new TelemetryBatch(
        batch.device(),
        batch.group(),
        batch.node(),
        batch.gatewayMicros(),
        batch.completeUntilMicros(),
        series);
  }

  /** A series with some of the samples, in the same order. */
  static TagSeries part(TagSeries series, List<Sample> samples) {
    return new TagSeries(series.tag(), series.type(), series.role(), samples);
  }
}
