package io.linewright.ingest.imports;

import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue.BytesValue;
import io.linewright.model.sample.SampleValue.StringValue;
import io.linewright.model.telemetry.TagSeries;
import io.linewright.model.telemetry.TelemetryBatch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Packs samples of any devices into batches of one device each, in the order of the file within a
 * device. A batch is small in bytes, samples and days: who stores it locks a partition for each
 * day. Used by one thread.
 */
public final class BatchPacker {

  /** Most samples of a batch. */
  static final int MAX_SAMPLES = 10_000;

  /** Most days (UTC) in a batch. */
  public static final int MAX_DAYS = 60;

  /** Bytes that all open batches have at most; then all of them are given out. */
  static final int MAX_OPEN_BYTES = 4 * 1024 * 1024;

  /** Room for what is once in a batch. */
  private static final int FRAME_BYTES = 2_048;

  /** A series at most: name in UTF-8, type, role, lengths of the columns. */
  private static final int SERIES_BYTES = 900;

  /** A sample without its text or bytes at most: time, ordinal, status, value. */
  private static final int SAMPLE_BYTES = 10 + 3 + 4 + 10;

  private static final long MICROS_PER_DAY = 86_400_000_000L;

  private record Series(ImportTag tag, List<Sample> samples) {}

  private static final class Open {
    private final Map<String, Series> series = new LinkedHashMap<>();
    private final Set<Long> days = new HashSet<>();
    private int bytes = FRAME_BYTES;
    private int samples;
  }

  private final String importId;
  private final long gatewayMicros;
  private final Map<String, Open> byDevice = new LinkedHashMap<>();
  private long openBytes;

  /**
   * @param importId whose samples these are
   * @param gatewayMicros when the import began, microseconds since the epoch
   */
  public BatchPacker(String importId, long gatewayMicros) {
    this.importId = importId;
    this.gatewayMicros = gatewayMicros;
  }

  /** Adds a sample; returns the batches that are full by it, perhaps none. */
  public List<TelemetryBatch> add(ImportTag tag, Sample sample) {
    String device = tag.key().equipment().toString();
    int bytes = bytes(sample);
    long day = Math.floorDiv(sample.sourceMicros(), MICROS_PER_DAY);
    List<TelemetryBatch> full = new ArrayList<>(1);
    Open open = byDevice.get(device);
    if (open != null && !fits(open, bytes, day)) {
      full.add(close(open));
      byDevice.remove(device);
      open = null;
    }
    if (open == null) {
      open = new Open();
      byDevice.put(device, open);
    }
    put(open, tag, sample, bytes, day);
    if (openBytes > MAX_OPEN_BYTES) {
      full.addAll(drain());
    }
    return full;
  }

  /** Gives out all that is open. */
  public List<TelemetryBatch> drain() {
    List<TelemetryBatch> all = byDevice.values().stream().map(this::close).toList();
    byDevice.clear();
    return all;
  }

  private static boolean fits(Open open, int bytes, long day) {
    return open.bytes + bytes + SERIES_BYTES <= TelemetryBatch.MAX_BYTES
        && open.samples < MAX_SAMPLES
        && (open.days.size() < MAX_DAYS || open.days.contains(day));
  }

  private void put(Open open, ImportTag tag, Sample sample, int bytes, long day) {
    int more = bytes;
    String name = tag.key().name() + "#" + tag.type(); // the type may have changed over the years
    Series series = open.series.get(name);
    if (series == null) {
      series = new Series(tag, new ArrayList<>());
      open.series.put(name, series);
      more += SERIES_BYTES;
    }
    series.samples().add(sample);
    open.days.add(day);
    open.samples++;
    open.bytes += more;
    openBytes += more;
  }

  private TelemetryBatch close(Open open) {
    openBytes -= open.bytes - FRAME_BYTES;
    ImportTag any = open.series.values().iterator().next().tag();
    return new TelemetryBatch(
        any.key().equipment(),
        ImportMark.GROUP,
        importId,
        gatewayMicros,
        OptionalLong.empty(),
        open.series.values().stream()
            .map(
                one ->
                    new TagSeries(
                        one.tag().key().name(), one.tag().type(), one.tag().role(), one.samples()))
            .toList());
  }

  private static int bytes(Sample sample) {
    return SAMPLE_BYTES
        + switch (sample.value()) {
          case StringValue(String text) -> 3 * text.length();
          case BytesValue(byte[] bytes) -> bytes.length;
          case null, default -> 0;
        };
  }
}
