package io.linewright.ingest.rollup;

import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.SampleValue.BooleanValue;
import io.linewright.model.sample.SampleValue.BytesValue;
import io.linewright.model.sample.SampleValue.DoubleValue;
import io.linewright.model.sample.SampleValue.IntegerValue;
import io.linewright.model.sample.SampleValue.StringValue;
import io.linewright.model.sample.StatusCode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Samples in as few bytes as is simple, 23 each, big-endian: time in microseconds since the epoch
 * (8), ordinal (2), status (4), kind of the value (1: 0 none, 1 double, 2 integer, 3 truth value)
 * and its 64 bits. Nothing is rounded.
 */
public final class PackedPoints {

  private static final int BYTES = 8 + 2 + 4 + 1 + 8;
  private static final byte NONE = 0;
  private static final byte DOUBLE = 1;
  private static final byte INTEGER = 2;
  private static final byte BOOLEAN = 3;

  private PackedPoints() {}

  /**
   * Packs samples in their order.
   *
   * @throws IllegalArgumentException if a value is a text or bytes
   */
  public static byte[] pack(List<Sample> samples) {
    ByteBuffer out = ByteBuffer.allocate(samples.size() * BYTES);
    for (Sample sample : samples) {
      out.putLong(sample.sourceMicros())
          .putShort((short) sample.ordinal())
          .putInt(sample.status().bits());
      put(out, sample.value());
    }
    return out.array();
  }

  private static void put(ByteBuffer out, @Nullable SampleValue value) {
    switch (value) {
      case null -> out.put(NONE).putLong(0);
      case DoubleValue(double number) -> out.put(DOUBLE).putDouble(number);
      case IntegerValue(long whole) -> out.put(INTEGER).putLong(whole);
      case BooleanValue(boolean truth) -> out.put(BOOLEAN).putLong(truth ? 1 : 0);
      case StringValue text -> throw new IllegalArgumentException("texts are not packed");
      case BytesValue bytes -> throw new IllegalArgumentException("bytes are not packed");
    }
  }

  /**
   * The samples that were packed.
   *
   * @throws IllegalArgumentException if these bytes were not made by {@link #pack}
   */
  public static List<Sample> unpack(byte[] packed) {
    if (packed.length % BYTES != 0) {
      throw new IllegalArgumentException(packed.length + " bytes are not packed points");
    }
    ByteBuffer in = ByteBuffer.wrap(packed);
    List<Sample> samples = new ArrayList<>(packed.length / BYTES);
    while (in.hasRemaining()) {
      long micros = in.getLong();
      int ordinal = in.getShort();
      StatusCode status = StatusCode.of(in.getInt());
      samples.add(new Sample(value(in.get(), in.getLong()), status, micros, ordinal));
    }
    return samples;
  }

  private static @Nullable SampleValue value(byte kind, long bits) {
    return switch (kind) {
      case NONE -> null;
      case DOUBLE -> SampleValue.of(Double.longBitsToDouble(bits));
      case INTEGER -> SampleValue.of(bits);
      case BOOLEAN -> SampleValue.of(bits != 0);
      default -> throw new IllegalArgumentException("unknown kind of value " + kind);
    };
  }
}
