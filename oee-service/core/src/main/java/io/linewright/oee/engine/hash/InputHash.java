package io.linewright.oee.engine.hash;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;

/**
 * What a result was computed from, as the first 128 bits of a SHA-256: results of the same inputs
 * have the same, whenever, where and as part of whatever larger time they were computed.
 *
 * @param high the first 64 bits
 * @param low the next 64 bits
 */
public record InputHash(long high, long low) {

  private static final int BYTES = 16;

  /** That of the bytes. */
  public static InputHash of(byte[] bytes) {
    ByteBuffer digest = ByteBuffer.wrap(sha256().digest(bytes));
    return new InputHash(digest.getLong(), digest.getLong());
  }

  /** Of a result that is made of others; their order matters. */
  public static InputHash of(Collection<InputHash> parts) {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES * parts.size());
    parts.forEach(part -> bytes.putLong(part.high).putLong(part.low));
    return of(bytes.array());
  }

  /**
   * From what {@link #bytes} gave.
   *
   * @throws IllegalArgumentException if it is not 16 bytes long
   */
  public static InputHash ofBytes(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("an input hash has 16 bytes, not " + bytes.length);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new InputHash(buffer.getLong(), buffer.getLong());
  }

  /** The 16 bytes. */
  public byte[] bytes() {
    return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
  }

  /** 32 hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
