package io.linewright.edge.app.sparkplug;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Growing bytes with protobuf's primitives; reused between messages, so that nothing is allocated.
 */
final class ProtoBuffer {

  private byte[] bytes;
  private int size;

  ProtoBuffer(int capacity) {
    bytes = new byte[capacity];
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  void octet(int value) {
    ensure(1);
    bytes[size++] = (byte) value;
  }

  void varint(long value) {
    ensure(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest & 0x7F | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /** Field of wire type varint; field numbers up to 15. */
  void varintField(int field, long value) {
    octet(field << 3);
    varint(value);
  }

  /** Field of wire type 64 bit; field numbers up to 15. */
  void doubleField(int field, double value) {
    octet(field << 3 | 1);
    ensure(8);
    long bits = Double.doubleToRawLongBits(value);
    for (int shift = 0; shift < 64; shift += 8) {
      bytes[size++] = (byte) (bits >>> shift);
    }
  }

  void stringField(int field, String value) {
    bytesField(field, value.getBytes(StandardCharsets.UTF_8));
  }

  void bytesField(int field, byte[] value) {
    varint((long) field << 3 | 2);
    varint(value.length);
    raw(value, value.length);
  }

  void messageField(int field, ProtoBuffer message) {
    varint((long) field << 3 | 2);
    varint(message.size);
    raw(message.bytes, message.size);
  }

  void raw(ProtoBuffer other) {
    raw(other.bytes, other.size);
  }

  void raw(byte[] value, int length) {
    ensure(length);
    System.arraycopy(value, 0, bytes, size, length);
    size += length;
  }

  private void ensure(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
