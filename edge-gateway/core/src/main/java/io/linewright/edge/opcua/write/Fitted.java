package io.linewright.edge.opcua.write;

import java.math.BigInteger;

/** A value of a tag as a built-in type of OPC UA. */
public sealed interface Fitted {

  /** Boolean. */
  record Truth(boolean on) implements Fitted {}

  /**
   * One of the integer types.
   *
   * @param number within the range of the type
   */
  record Whole(BigInteger number) implements Fitted {}

  /** Float. */
  record Single(float number) implements Fitted {}

  /** Double. */
  record Real(double number) implements Fitted {}

  /** String. */
  record Text(String text) implements Fitted {}

  /**
   * ByteString.
   *
   * @param bytes never changed after construction
   */
  @SuppressWarnings("ArrayRecordComponent") // made once and only read
  record Bytes(byte[] bytes) implements Fitted {}

  /**
   * DateTime.
   *
   * @param ticks 100 ns intervals since 1601
   */
  record Time(long ticks) implements Fitted {}

  /**
   * A value that the type cannot hold.
   *
   * @param reason what is wrong, for people
   */
  record Refused(String reason) implements Fitted {}
}
