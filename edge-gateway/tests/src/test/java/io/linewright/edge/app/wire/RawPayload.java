package io.linewright.edge.app.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes Sparkplug payloads octet by octet from the definition in the specification (clause 6.4),
 * with no code of ours and no protobuf library: what another vendor's encoder would send.
 */
public final class RawPayload {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** Nothing yet. */
  public RawPayload() {}

  /** A payload of that time. */
  public static RawPayload at(long millis) {
    RawPayload payload = new RawPayload();
    payload.varintField(1, millis);
    return payload;
  }

  /** Adds the sequence number, field 3. */
  public RawPayload seq(int seq) {
    varintField(3, seq);
    return this;
  }

  /** Adds a metric, field 2. */
  public RawPayload metric(RawPayload metric) {
    bytesField(2, metric.toBytes());
    return this;
  }

  /** A metric: name (1), alias (2), time (3) and type (4), as far as given. */
  public static RawPayload declared(String name, long alias, long millis, int type) {
    RawPayload metric = new RawPayload();
    metric.bytesField(1, name.getBytes(StandardCharsets.UTF_8));
    if (alias >= 0) {
      metric.varintField(2, alias);
    }
    metric.varintField(3, millis);
    metric.varintField(4, type);
    return metric;
  }

  /** A metric under its alias only, as data messages have it. */
  public static RawPayload aliased(long alias, long millis) {
    RawPayload metric = new RawPayload();
    metric.varintField(2, alias);
    metric.varintField(3, millis);
    return metric;
  }

  /** is_historical, field 5. */
  public RawPayload historical() {
    varintField(5, 1);
    return this;
  }

  /** is_null, field 7. */
  public RawPayload isNull() {
    varintField(7, 1);
    return this;
  }

  /** int_value, field 10. */
  public RawPayload intValue(int value) {
    varintField(10, Integer.toUnsignedLong(value));
    return this;
  }

  /** long_value, field 11. */
  public RawPayload longValue(long value) {
    varintField(11, value);
    return this;
  }

  /** double_value, field 13. */
  public RawPayload doubleValue(double value) {
    varint(13 << 3 | 1);
    out.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(value).array());
    return this;
  }

  /** boolean_value, field 14. */
  public RawPayload booleanValue(boolean value) {
    varintField(14, value ? 1 : 0);
    return this;
  }

  /** string_value, field 15. */
  public RawPayload stringValue(String value) {
    bytesField(15, value.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** properties, field 9, with one Int32 property. */
  public RawPayload property(String key, int value) {
    RawPayload property = new RawPayload();
    property.varintField(1, 3);
    property.varintField(3, Integer.toUnsignedLong(value));
    RawPayload set = new RawPayload();
    set.bytesField(1, key.getBytes(StandardCharsets.UTF_8));
    set.bytesField(2, property.toBytes());
    bytesField(9, set.toBytes());
    return this;
  }

  /** Any field of length-delimited type. */
  public RawPayload bytesField(int field, byte[] value) {
    varint((long) field << 3 | 2);
    varint(value.length);
    out.writeBytes(value);
    return this;
  }

  /** Any field of varint type. */
  public RawPayload varintField(int field, long value) {
    varint((long) field << 3);
    varint(value);
    return this;
  }

  private void varint(long value) {
    long rest = value;
    while (rest < 0 || rest > 0x7F) {
      out.write((int) (rest & 0x7F | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  /** The octets. */
  public byte[] toBytes() {
    return out.toByteArray();
  }
}
