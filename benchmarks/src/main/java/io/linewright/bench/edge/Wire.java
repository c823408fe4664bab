package io.linewright.bench.edge;

import java.nio.charset.StandardCharsets;

/**
 * Reads protobuf fields one by one, within the bounds of one message. Written for the bench alone,
 * so that the gateway's own encoder and decoder are not their own judges.
 */
final class Wire {

  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int BYTES = 2;
  static final int FIXED32 = 5;

  private final byte[] data;
  private int at;
  private final int end;
  private int field;
  private int kind;

  /** Reads a whole array. */
  Wire(byte[] data) {
    this(data, 0, data.length);
  }

  private Wire(byte[] data, int from, int end) {
    this.data = data;
    this.at = from;
    this.end = end;
  }

  /** Moves on to the next field; false at the end. Its content must be read or skipped. */
  boolean next() {
    if (at >= end) {
      return false;
    }
    long tag = varint();
    field = (int) (tag >>> 3);
    kind = (int) (tag & 7);
    return true;
  }

  /** Number of the present field. */
  int field() {
    return field;
  }

  /** A whole number. */
  long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte octet = data[check(at++)];
      value |= (long) (octet & 0x7F) << shift;
      if (octet >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number of more than 10 bytes at " + at);
  }

  /** Eight bytes, little-endian. */
  long fixed64() {
    long value = 0;
    check(at + 7);
    for (int i = 7; i >= 0; i--) {
      value = value << 8 | (data[at + i] & 0xFF);
    }
    at += 8;
    return value;
  }

  /** The message in the present field. */
  Wire message() {
    int length = length();
    Wire inner = new Wire(data, at, at + length);
    at += length;
    return inner;
  }

  /** The text in the present field. */
  String text() {
    int length = length();
    String text = new String(data, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  /** Passes over the present field. */
  void skip() {
    switch (kind) {
      case VARINT -> varint();
      case FIXED64 -> at += 8;
      case BYTES -> {
        int length = length();
        at += length;
      }
      case FIXED32 -> at += 4;
      default -> throw new IllegalArgumentException("wire type " + kind + " at " + at);
    }
  }

  private int length() {
    long length = varint();
    if (length < 0 || length > end - at) {
      throw new IllegalArgumentException("a length of " + length + " at " + at + " of " + end);
    }
    return (int) length;
  }

  private int check(int index) {
    if (index >= end) {
      throw new IllegalArgumentException("the message ends within a field, at " + end);
    }
    return index;
  }
}
