package io.linewright.edge.app.tag;

import io.linewright.edge.app.sparkplug.PayloadCodec;
import io.linewright.edge.app.sparkplug.SparkplugFormatException;
import io.linewright.edge.sparkplug.LinewrightMetrics;
import io.linewright.edge.sparkplug.Metric;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import org.jspecify.annotations.Nullable;

/** Reads back what the log has stored, after a restart. */
public final class StoredSamples {

  private StoredSamples() {}

  /** Gives each tag of a stored payload its samples back; unknown aliases are passed over. */
  public static void restore(byte[] payload, TagRegistry tags) throws SparkplugFormatException {
    for (Metric metric : PayloadCodec.decode(payload).metrics()) {
      TagState tag = metric.alias().isPresent() ? tags.byAlias(metric.alias().getAsLong()) : null;
      if (tag != null && metric.timestampMillis().isPresent()) {
        Sample sample = sample(metric, metric.timestampMillis().getAsLong());
        boolean stamped = metric.properties().containsKey(LinewrightMetrics.RAW_MICROS);
        tag.restore(
            sample, stamped ? number(metric, LinewrightMetrics.RAW_MICROS) : sample.sourceMicros());
      }
    }
  }

  private static Sample sample(Metric metric, long millis) {
    long micros =
        Math.multiplyExact(millis, 1000L) + number(metric, LinewrightMetrics.SOURCE_MICROS);
    int status = (int) number(metric, LinewrightMetrics.STATUS_CODE);
    int ordinal = (int) number(metric, LinewrightMetrics.ORDINAL);
    return new Sample(value(metric.value()), StatusCode.of(status), micros, ordinal);
  }

  private static long number(Metric metric, String property) {
    return metric.properties().get(property) instanceof Number number ? number.longValue() : 0;
  }

  private static @Nullable SampleValue value(@Nullable Object content) {
    return switch (content) {
      case Boolean v -> SampleValue.of(v);
      case Long v -> SampleValue.of(v);
      case Double v -> SampleValue.of(v);
      case String v -> SampleValue.of(v);
      case byte[] v -> new SampleValue.BytesValue(v);
      case null, default -> null;
    };
  }

  /** The value as a metric holds it; null for none. */
  public static @Nullable Object toMetricValue(@Nullable SampleValue value) {
    return switch (value) {
      case null -> null;
      case SampleValue.BooleanValue(boolean v) -> v;
      case SampleValue.IntegerValue(long v) -> v;
      case SampleValue.DoubleValue(double v) -> v;
      case SampleValue.StringValue(String v) -> v;
      case SampleValue.BytesValue(byte[] v) -> v;
    };
  }
}
