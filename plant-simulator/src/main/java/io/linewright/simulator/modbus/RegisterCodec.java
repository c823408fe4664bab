package io.linewright.simulator.modbus;

import io.linewright.model.sample.SampleValue;
import io.linewright.simulator.plant.ModbusUnit;
import java.nio.ByteBuffer;

/** Writes values as the bytes of registers. */
final class RegisterCodec {

  private RegisterCodec() {}

  /** The bytes of a value on the wire, two for each register. */
  static byte[] encode(
      SampleValue value, RegisterPlace.Encoding encoding, ModbusUnit.WordOrder order) {
    long number =
        switch (value) {
          case SampleValue.IntegerValue i -> i.value();
          case SampleValue.DoubleValue d -> Float.floatToIntBits((float) d.value());
          case SampleValue.BooleanValue b -> b.value() ? 1 : 0;
          case SampleValue.StringValue s ->
              throw new IllegalArgumentException("no text in registers: " + s);
          case SampleValue.BytesValue b ->
              throw new IllegalArgumentException("no byte strings in registers: " + b);
        };
    if (encoding.registers() == 1) {
      return ByteBuffer.allocate(2).putShort((short) number).array();
    }
    return ordered(ByteBuffer.allocate(4).putInt((int) number).array(), order);
  }

  private static byte[] ordered(byte[] abcd, ModbusUnit.WordOrder order) {
    byte a = abcd[0];
    byte b = abcd[1];
    byte c = abcd[2];
    byte d = abcd[3];
    return switch (order) {
      case ABCD -> abcd;
      case CDAB -> new byte[] {c, d, a, b};
      case BADC -> new byte[] {b, a, d, c};
      case DCBA -> new byte[] {d, c, b, a};
    };
  }
}
