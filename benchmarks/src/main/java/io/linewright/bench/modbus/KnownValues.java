package io.linewright.bench.modbus;

import io.linewright.model.sample.SampleValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What every register holds at every time: a value changes once a second, each at a moment of its
 * own, and is a hash of place and second. Written without the gateway's code, so that a mistake
 * there does not cancel out.
 */
final class KnownValues {

  /** Time between two changes of a value, ms. */
  static final long PERIOD = 1000;

  private static final long PRIME = 7919;

  private final List<Field> fields = Field.block();

  List<Field> fields() {
    return fields;
  }

  /** Which value of its row a field shows at a time. */
  long tick(int unit, int block, int field, long millis) {
    long phase = ((unit * 16L + block) * fields.size() + field) * PRIME % PERIOD;
    return Math.floorDiv(millis + phase, PERIOD);
  }

  /** The value of that tick, as the gateway should give it. */
  SampleValue value(int unit, int block, int field, long tick) {
    long hash = hash(unit, block, field, tick);
    return switch (fields.get(field).kind()) {
      case INT16 -> SampleValue.of((long) (short) hash);
      case UINT16 -> SampleValue.of(hash & 0xFFFF);
      case INT32 -> SampleValue.of((long) (int) hash);
      case UINT32 -> SampleValue.of(hash & 0xFFFFFFFFL);
      case INT64 -> SampleValue.of(hash);
      case UINT64 -> SampleValue.of(hash >>> 1);
      case FLOAT32 -> SampleValue.of((double) ((int) hash >> 8) / 64);
      case FLOAT64 -> SampleValue.of((hash >> 11) / 1024.0);
      case BCD16 -> SampleValue.of(Long.remainderUnsigned(hash, 10_000));
      case BCD32 -> SampleValue.of(Long.remainderUnsigned(hash, 100_000_000));
      case STRING -> SampleValue.of("%08x".formatted((int) hash));
      case BIT -> SampleValue.of((hash & 1) != 0);
    };
  }

  private static long hash(int unit, int block, int field, long tick) {
    long x = ((unit * 31L + block) * 131 + field) * 1_000_003 + tick;
    x = (x ^ x >>> 30) * 0xBF58476D1CE4E5B9L;
    x = (x ^ x >>> 27) * 0x94D049BB133111EBL;
    return x ^ x >>> 31;
  }

  /** The registers of a block at a time. */
  byte[] registers(int unit, int block, long millis) {
    byte[] bytes = new byte[2 * Field.BLOCK];
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      byte[] natural = natural(field.kind(), value(unit, block, i, tick(unit, block, i, millis)));
      byte[] wire = ordered(natural, field.order());
      System.arraycopy(wire, 0, bytes, 2 * field.register(), wire.length);
    }
    return bytes;
  }

  private static byte[] natural(Field.Kind kind, SampleValue value) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * kind.registers());
    switch (value) {
      case SampleValue.IntegerValue number when kind == Field.Kind.BCD16 ->
          bytes.putShort((short) Integer.parseInt(Long.toString(number.value()), 16));
      case SampleValue.IntegerValue number when kind == Field.Kind.BCD32 ->
          bytes.putInt((int) Long.parseLong(Long.toString(number.value()), 16));
      case SampleValue.IntegerValue number -> {
        switch (bytes.capacity()) {
          case 2 -> bytes.putShort((short) number.value());
          case 4 -> bytes.putInt((int) number.value());
          default -> bytes.putLong(number.value());
        }
      }
      case SampleValue.DoubleValue number when kind == Field.Kind.FLOAT32 ->
          bytes.putFloat((float) number.value());
      case SampleValue.DoubleValue number -> bytes.putDouble(number.value());
      case SampleValue.StringValue text ->
          bytes.put(text.value().getBytes(StandardCharsets.ISO_8859_1));
      case SampleValue.BooleanValue bit -> bytes.putShort((short) (bit.value() ? 1 << 11 : 0));
      case SampleValue.BytesValue none -> throw new IllegalArgumentException("no such kind");
    }
    return bytes.array();
  }

  /** A to H as they stand on the wire. */
  private static byte[] ordered(byte[] natural, String order) {
    byte[] bytes = natural.clone();
    if (order.equals("CDAB") || order.equals("DCBA")) {
      for (int i = 0; i < bytes.length; i += 2) {
        bytes[i] = natural[bytes.length - 2 - i];
        bytes[i + 1] = natural[bytes.length - 1 - i];
      }
    }
    if (order.equals("BADC") || order.equals("DCBA")) {
      for (int i = 0; i < bytes.length; i += 2) {
        byte high = bytes[i];
        bytes[i] = bytes[i + 1];
        bytes[i + 1] = high;
      }
    }
    return bytes;
  }
}
