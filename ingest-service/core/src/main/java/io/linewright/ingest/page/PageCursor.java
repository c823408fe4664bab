package io.linewright.ingest.page;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32C;

/**
 * Where a reader of samples goes on. The upper ingest position is frozen at the first page, so that
 * rows arriving meanwhile behind the reader do not make its pages inconsistent; it asks for them
 * afterwards by that position.
 *
 * @param sourceMicros source time of the last sample delivered, microseconds since the epoch
 * @param ordinal ordinal of the last sample delivered
 * @param upToIngestMicros only samples stored up to this time belong to the answer
 */
public record PageCursor(long sourceMicros, int ordinal, long upToIngestMicros) {

  private static final byte VERSION = 1;
  private static final int LENGTH = 1 + Long.BYTES + Short.BYTES + Long.BYTES + Integer.BYTES;

  /** The cursor as clients carry it: opaque, safe in an URL. */
  public String encode() {
    ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
    bytes.put(VERSION).putLong(sourceMicros).putShort((short) ordinal).putLong(upToIngestMicros);
    bytes.putInt(checksum(bytes.array()));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /**
   * Reads a cursor back.
   *
   * @throws IllegalArgumentException if the text is not a cursor that this version gave out
   */
  public static PageCursor decode(String text) {
    byte[] bytes = text.length() > 2 * LENGTH ? new byte[0] : base64(text);
    if (bytes.length != LENGTH || bytes[0] != VERSION) {
      throw broken();
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, 1, LENGTH - 1);
    var cursor = new PageCursor(in.getLong(), in.getShort(), in.getLong());
    if (in.getInt() != checksum(bytes)) {
      throw broken();
    }
    return cursor;
  }

  private static byte[] base64(String text) {
    try {
      return Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException notBase64) {
      throw broken();
    }
  }

  private static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, LENGTH - Integer.BYTES);
    return (int) crc.getValue();
  }

  private static IllegalArgumentException broken() {
    return new IllegalArgumentException(
        "cursor is not one of this service: use the one of the last answer, or none to begin");
  }
}
