package io.linewright.edge.app.sparkplug;

import com.google.protobuf.ByteString;
import io.linewright.edge.sparkplug.Metric;
import io.linewright.edge.sparkplug.Payload;
import io.linewright.edge.sparkplug.SparkplugType;
import java.util.Map;
import org.eclipse.tahu.protobuf.SparkplugBProto;

/** Sparkplug payloads to bytes and back (Sparkplug 3.0, clause 6.4). */
public final class PayloadCodec {

  /**
   * What is read at most.
   *
   * @param maxBytes bytes of one payload
   * @param maxMetrics metrics of one payload
   */
  public record Limits(int maxBytes, int maxMetrics) {

    /** 1 MiB and 100,000 metrics: data messages and commands. */
    public static final Limits DATA = new Limits(1 << 20, 100_000);

    /** 32 MiB and 100,000 metrics: births, whose metrics carry names and properties. */
    public static final Limits BIRTH = new Limits(32 << 20, 100_000);
  }

  /**
   * The bytes of a payload. A metric without value becomes {@code is_null}.
   *
   * @throws IllegalArgumentException if a value does not fit its metric's type, or is of a kind
   *     that is not sent (dataset, template, extension)
   */
  public static byte[] encode(Payload payload) {
    SparkplugBProto.Payload.Builder bytes = SparkplugBProto.Payload.newBuilder();
    payload.timestampMillis().ifPresent(bytes::setTimestamp);
    payload.seq().ifPresent(bytes::setSeq);
    for (Metric metric : payload.metrics()) {
      bytes.addMetrics(encode(metric));
    }
    return bytes.build().toByteArray();
  }

  /**
   * Reads a data message or command within {@link Limits#DATA}.
   *
   * @throws SparkplugFormatException if the bytes are not a payload or exceed a limit
   */
  public static Payload decode(byte[] bytes) throws SparkplugFormatException {
    return decode(bytes, Limits.DATA);
  }

  /**
   * Reads a payload. A metric whose value does not fit its declared type, and one of a type without
   * scalar value, is marked unsupported; it does not spoil its neighbours.
   *
   * @throws SparkplugFormatException if the bytes are not a payload or exceed a limit
   */
  public static Payload decode(byte[] bytes, Limits limits) throws SparkplugFormatException {
    return new PayloadReader(limits).read(bytes);
  }

  private static SparkplugBProto.Payload.Metric encode(Metric metric) {
    SparkplugBProto.Payload.Metric.Builder bytes = SparkplugBProto.Payload.Metric.newBuilder();
    if (metric.name() != null) {
      bytes.setName(metric.name());
    }
    metric.alias().ifPresent(bytes::setAlias);
    metric.timestampMillis().ifPresent(bytes::setTimestamp);
    if (metric.type() != 0) {
      bytes.setDatatype(metric.type());
    }
    if (metric.historical()) {
      bytes.setIsHistorical(true);
    }
    if (!metric.properties().isEmpty()) {
      bytes.setProperties(encode(metric.properties()));
    }
    if (metric.unsupported()) {
      throw new IllegalArgumentException("metric '" + metric.name() + "' has no scalar value");
    }
    if (metric.value() == null) {
      bytes.setIsNull(true);
    } else {
      setValue(bytes, metric.type(), metric.value());
    }
    return bytes.build();
  }

  private static void setValue(
      SparkplugBProto.Payload.Metric.Builder bytes, int type, Object value) {
    SparkplugType declared = SparkplugType.of(type).orElse(null);
    if (declared != null && declared.read(value).isEmpty()) {
      throw new IllegalArgumentException(value + " does not fit the type " + declared);
    }
    switch (value) {
      case Boolean b -> bytes.setBooleanValue(b);
      case Long n when declared != null && declared.narrow() -> bytes.setIntValue(n.intValue());
      case Long n -> bytes.setLongValue(n);
      case Float f -> bytes.setFloatValue(f);
      case Double d -> bytes.setDoubleValue(d);
      case String s -> bytes.setStringValue(s);
      case byte[] b -> bytes.setBytesValue(ByteString.copyFrom(b));
      default -> throw new IllegalArgumentException(value.getClass() + " is not a metric value");
    }
  }

  private static SparkplugBProto.Payload.PropertySet encode(Map<String, Object> properties) {
    SparkplugBProto.Payload.PropertySet.Builder bytes =
        SparkplugBProto.Payload.PropertySet.newBuilder();
    properties.forEach((key, value) -> bytes.addKeys(key).addValues(property(value)));
    return bytes.build();
  }

  /** An Integer is sent as Int32, a Long as Int64; both are read as Long. */
  private static SparkplugBProto.Payload.PropertyValue property(Object value) {
    SparkplugBProto.Payload.PropertyValue.Builder bytes =
        SparkplugBProto.Payload.PropertyValue.newBuilder();
    switch (value) {
      case Boolean b -> bytes.setType(SparkplugType.BOOLEAN.number()).setBooleanValue(b);
      case Integer n -> bytes.setType(SparkplugType.INT32.number()).setIntValue(n);
      case Long n -> bytes.setType(SparkplugType.INT64.number()).setLongValue(n);
      case Float f -> bytes.setType(SparkplugType.FLOAT.number()).setFloatValue(f);
      case Double d -> bytes.setType(SparkplugType.DOUBLE.number()).setDoubleValue(d);
      case String s -> bytes.setType(SparkplugType.STRING.number()).setStringValue(s);
      default -> throw new IllegalArgumentException(value.getClass() + " is not a property value");
    }
    return bytes.build();
  }

  private PayloadCodec() {}
}
