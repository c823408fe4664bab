package io.linewright.edge.app.sparkplug;

import io.linewright.edge.sparkplug.LinewrightMetrics;
import io.linewright.edge.sparkplug.SparkplugType;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import java.util.OptionalInt;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Collects samples of one device as Sparkplug metrics, in the form in which the log stores them: a
 * payload without sequence number. Each metric begins with {@code is_historical}, so that {@link
 * OutgoingPayload} can set it without decoding. Reused from record to record; for one thread.
 */
public final class SampleMetrics {

  /** Bytes at which a record is closed: with one value of 64 KiB on top it stays below 128 KiB. */
  private static final int FULL_BYTES = 60 * 1024;

  private static final int BAD = 0;
  private static final int STALE = 500;

  private static final int PROPERTY_TYPE = Payload.PropertyValue.TYPE_FIELD_NUMBER;
  private static final int PROPERTY_INT = Payload.PropertyValue.INT_VALUE_FIELD_NUMBER;
  private static final int PROPERTY_LONG = Payload.PropertyValue.LONG_VALUE_FIELD_NUMBER;
  private static final int PROPERTY_BOOLEAN = Payload.PropertyValue.BOOLEAN_VALUE_FIELD_NUMBER;

  private final ProtoBuffer payload = new ProtoBuffer(4096);
  private final ProtoBuffer metric = new ProtoBuffer(256);
  private final ProtoBuffer keys = new ProtoBuffer(128);
  private final ProtoBuffer values = new ProtoBuffer(64);
  private final ProtoBuffer value = new ProtoBuffer(16);
  private int count;
  private final TimeOrder order = new TimeOrder();
  private long firstMicros = Long.MAX_VALUE;
  private long lastMicros = Long.MIN_VALUE;

  /** The Sparkplug type by which values of a type travel. */
  public static SparkplugType typeOf(DataType type) {
    return switch (type) {
      case BOOLEAN -> SparkplugType.BOOLEAN;
      case INTEGER -> SparkplugType.INT64;
      case DOUBLE -> SparkplugType.DOUBLE;
      case STRING -> SparkplugType.STRING;
      case BYTES -> SparkplugType.BYTES;
    };
  }

  /** Sparkplug's own word for a status: bad or stale; empty for good, which needs none. */
  public static OptionalInt qualityOf(StatusCode status) {
    if (status.isBad()) {
      return OptionalInt.of(BAD);
    }
    return status.equals(StatusCode.UNCERTAIN_LAST_USABLE_VALUE)
        ? OptionalInt.of(STALE)
        : OptionalInt.empty();
  }

  /**
   * Adds one sample.
   *
   * @param alias alias of the tag
   * @param type type that the tag declares, used if the sample has no value
   * @param sample value, status and source time; its ordinal is not looked at
   * @param ordinal ordinal within the microsecond
   * @param implausible whether the source time cannot be true
   */
  public void add(long alias, DataType type, Sample sample, int ordinal, boolean implausible) {
    add(alias, type, sample, ordinal, implausible, sample.sourceMicros());
  }

  /**
   * Adds one sample.
   *
   * @param rawMicros the device's own stamp; told if it is not the sample's time
   * @see #add(long, DataType, Sample, int, boolean)
   */
  public void add(
      long alias, DataType type, Sample sample, int ordinal, boolean implausible, long rawMicros) {
    long micros = sample.sourceMicros();
    SampleValue content = sample.value();
    metric.clear();
    metric.varintField(Payload.Metric.IS_HISTORICAL_FIELD_NUMBER, 0);
    metric.varintField(Payload.Metric.ALIAS_FIELD_NUMBER, alias);
    metric.varintField(Payload.Metric.TIMESTAMP_FIELD_NUMBER, Math.floorDiv(micros, 1000L));
    metric.varintField(
        Payload.Metric.DATATYPE_FIELD_NUMBER,
        typeOf(content == null ? type : content.type()).number());
    addProperties(sample, ordinal, implausible, rawMicros);
    addValue(content);
    payload.messageField(Payload.METRICS_FIELD_NUMBER, metric);
    order.added(Math.floorDiv(micros, 1000L), payload.size());
    count++;
    firstMicros = Math.min(firstMicros, micros);
    lastMicros = Math.max(lastMicros, micros);
  }

  private void addValue(@Nullable SampleValue content) {
    switch (content) {
      case null -> metric.varintField(Payload.Metric.IS_NULL_FIELD_NUMBER, 1);
      case SampleValue.BooleanValue(boolean v) ->
          metric.varintField(Payload.Metric.BOOLEAN_VALUE_FIELD_NUMBER, v ? 1 : 0);
      case SampleValue.IntegerValue(long v) ->
          metric.varintField(Payload.Metric.LONG_VALUE_FIELD_NUMBER, v);
      case SampleValue.DoubleValue(double v) ->
          metric.doubleField(Payload.Metric.DOUBLE_VALUE_FIELD_NUMBER, v);
      case SampleValue.StringValue(String v) ->
          metric.stringField(Payload.Metric.STRING_VALUE_FIELD_NUMBER, v);
      case SampleValue.BytesValue(byte[] v) ->
          metric.bytesField(Payload.Metric.BYTES_VALUE_FIELD_NUMBER, v);
    }
  }

  private void addProperties(Sample sample, int ordinal, boolean implausible, long rawMicros) {
    int micros = Math.floorMod(sample.sourceMicros(), 1000);
    int status = sample.status().bits();
    boolean stamped = rawMicros != sample.sourceMicros();
    if (micros == 0 && ordinal == 0 && status == 0 && !implausible && !stamped) {
      return;
    }
    keys.clear();
    values.clear();
    if (micros != 0) {
      property(LinewrightMetrics.SOURCE_MICROS, SparkplugType.INT32, PROPERTY_INT, micros);
    }
    if (ordinal != 0) {
      property(LinewrightMetrics.ORDINAL, SparkplugType.INT32, PROPERTY_INT, ordinal);
    }
    if (status != 0) {
      property(
          LinewrightMetrics.STATUS_CODE,
          SparkplugType.INT32,
          PROPERTY_INT,
          Integer.toUnsignedLong(status));
      OptionalInt quality = qualityOf(sample.status());
      if (quality.isPresent()) {
        property(LinewrightMetrics.QUALITY, SparkplugType.INT32, PROPERTY_INT, quality.getAsInt());
      }
    }
    if (implausible) {
      property(LinewrightMetrics.IMPLAUSIBLE_TIME, SparkplugType.BOOLEAN, PROPERTY_BOOLEAN, 1);
    }
    if (stamped) {
      property(LinewrightMetrics.RAW_MICROS, SparkplugType.INT64, PROPERTY_LONG, rawMicros);
    }
    keys.raw(values);
    metric.messageField(Payload.Metric.PROPERTIES_FIELD_NUMBER, keys);
  }

  private void property(String key, SparkplugType type, int field, long content) {
    keys.stringField(Payload.PropertySet.KEYS_FIELD_NUMBER, key);
    value.clear();
    value.varintField(PROPERTY_TYPE, type.number());
    value.varintField(field, content);
    values.messageField(Payload.PropertySet.VALUES_FIELD_NUMBER, value);
  }

  /** Samples added since the last {@link #clear}. */
  public int count() {
    return count;
  }

  /** Whether the record is to be closed. */
  public boolean full() {
    return payload.size() >= FULL_BYTES;
  }

  /** Oldest source time added, microseconds. */
  public long firstMicros() {
    return firstMicros;
  }

  /** Newest source time added, microseconds. */
  public long lastMicros() {
    return lastMicros;
  }

  /** The payload: metrics in the order of their times, as Sparkplug asks; equal ones as added. */
  public byte[] toBytes() {
    return order.apply(payload.toBytes());
  }

  /** Starts the next record. */
  public void clear() {
    payload.clear();
    order.clear();
    count = 0;
    firstMicros = Long.MAX_VALUE;
    lastMicros = Long.MIN_VALUE;
  }
}
