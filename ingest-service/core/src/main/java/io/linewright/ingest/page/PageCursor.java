package io.linewright.ingest.page;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A reader's whole question for samples and where it goes on. The upper ingest position is frozen
 * at the first page, so that rows arriving meanwhile behind the reader do not make its pages
 * inconsistent; it asks for them afterwards by that position.
 *
 * @param tag which tag, {@code path#name}
 * @param fromMicros begin of the range, included, microseconds since the epoch
 * @param toMicros end of the range, not included, microseconds since the epoch
 * @param sourceMicros source time of the last sample delivered, microseconds since the epoch
 * @param ordinal ordinal of the last sample delivered; -1 before the first
 * @param upToIngestMicros only samples stored up to this time belong to the answer
 */
public record PageCursor(
    String tag,
    long fromMicros,
    long toMicros,
    long sourceMicros,
    int ordinal,
    long upToIngestMicros) {

  private static final byte VERSION = 2;
  private static final int FIXED = 1 + 4 * Long.BYTES + Short.BYTES + Integer.BYTES;
  private static final int MAX_TEXT = 4_096;

  /** Before the first sample of a range. */
  public static PageCursor begin(
      String tag, long fromMicros, long toMicros, long upToIngestMicros) {
    return new PageCursor(tag, fromMicros, toMicros, fromMicros, -1, upToIngestMicros);
  }

  /** The same question, after that sample. */
  public PageCursor after(long lastSourceMicros, int lastOrdinal) {
    return new PageCursor(
        tag, fromMicros, toMicros, lastSourceMicros, lastOrdinal, upToIngestMicros);
  }

  /** The part of what is left of the question that lies within a time; empty if none does. */
  public Optional<PageCursor> within(long from, long to) {
    long end = Math.min(toMicros, to);
    boolean begun = sourceMicros >= from;
    long begin = begun ? sourceMicros : from;
    return begin >= end
        ? Optional.empty()
        : Optional.of(
            new PageCursor(tag, fromMicros, end, begin, begun ? ordinal : -1, upToIngestMicros));
  }

  /** The cursor as clients carry it: opaque, safe in an URL. */
  public String encode() {
    byte[] name = tag.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(FIXED + name.length);
    bytes.put(VERSION).putLong(fromMicros).putLong(toMicros).putLong(sourceMicros);
    bytes.putShort((short) ordinal).putLong(upToIngestMicros).put(name);
    bytes.putInt(checksum(bytes.array()));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /**
   * Reads a cursor back.
   *
   * @throws IllegalArgumentException if the text is not a cursor that this version gave out
   */
  public static PageCursor decode(String text) {
    byte[] bytes = text.length() > MAX_TEXT ? new byte[0] : base64(text);
    if (bytes.length <= FIXED || bytes[0] != VERSION) {
      throw broken();
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
    long from = in.getLong();
    long to = in.getLong();
    long source = in.getLong();
    int ordinal = in.getShort();
    long upTo = in.getLong();
    byte[] name = Arrays.copyOfRange(bytes, in.position(), bytes.length - Integer.BYTES);
    if (in.position(bytes.length - Integer.BYTES).getInt() != checksum(bytes)) {
      throw broken();
    }
    String tag = new String(name, StandardCharsets.UTF_8);
    return new PageCursor(tag, from, to, source, ordinal, upTo);
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
    crc.update(bytes, 0, bytes.length - Integer.BYTES);
    return (int) crc.getValue();
  }

  private static IllegalArgumentException broken() {
    return new IllegalArgumentException(
        "cursor is not one of this service: use the one of the last answer, or none to begin");
  }
}
