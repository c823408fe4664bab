package io.linewright.ingest.page;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A reader's whole question for samples and where it goes on. The upper ingest position and the
 * last correction are frozen at the first page, so that rows and corrections arriving meanwhile
 * behind the reader do not make its pages inconsistent.
 *
 * @param tag which tag, {@code path#name}
 * @param fromMicros begin of the range, included, microseconds since the epoch
 * @param toMicros end of the range, not included, microseconds since the epoch
 * @param sourceMicros source time of the last sample delivered, microseconds since the epoch
 * @param ordinal ordinal of the last sample delivered; -1 before the first
 * @param upToIngestMicros only samples stored up to this time belong to the answer
 * @param correctionsUpTo version of the tag's last correction that counts; 0: there was none;
 *     {@link #RAW}: none counts
 */
public record PageCursor(
    String tag,
    long fromMicros,
    long toMicros,
    long sourceMicros,
    int ordinal,
    long upToIngestMicros,
    long correctionsUpTo) {

  /** In place of the last correction: samples are wanted as they were stored. */
  public static final long RAW = -1;

  private static final byte VERSION = 3;
  private static final int FIXED = 1 + 5 * Long.BYTES + Short.BYTES + Integer.BYTES;
  private static final int MAX_TEXT = 4_096;

  /** Before the first sample of a range. */
  public static PageCursor begin(
      String tag, long fromMicros, long toMicros, long upToIngestMicros, long correctionsUpTo) {
    return new PageCursor(
        tag, fromMicros, toMicros, fromMicros, -1, upToIngestMicros, correctionsUpTo);
  }

  /** The same question, after that sample. */
  public PageCursor after(long lastSourceMicros, int lastOrdinal) {
    return new PageCursor(
        tag,
        fromMicros,
        toMicros,
        lastSourceMicros,
        lastOrdinal,
        upToIngestMicros,
        correctionsUpTo);
  }

  /** The same with another last correction that counts. */
  public PageCursor withCorrectionsUpTo(long version) {
    return new PageCursor(
        tag, fromMicros, toMicros, sourceMicros, ordinal, upToIngestMicros, version);
  }

  /** The part of what is left of the question that lies within a time; empty if none does. */
  public Optional<PageCursor> within(long from, long to) {
    long end = Math.min(toMicros, to);
    boolean begun = sourceMicros >= from;
    long begin = begun ? sourceMicros : from;
    return begin >= end
        ? Optional.empty()
        : Optional.of(
            new PageCursor(
                tag,
                fromMicros,
                end,
                begin,
                begun ? ordinal : -1,
                upToIngestMicros,
                correctionsUpTo));
  }

  /** The cursor as clients carry it: opaque, safe in an URL. */
  public String encode() {
    byte[] name = tag.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(FIXED + name.length);
    bytes.put(VERSION).putLong(fromMicros).putLong(toMicros).putLong(sourceMicros);
    bytes.putShort((short) ordinal).putLong(upToIngestMicros).putLong(correctionsUpTo).put(name);
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
    long corrections = in.getLong();
    byte[] name = Arrays.copyOfRange(bytes, in.position(), bytes.length - Integer.BYTES);
    if (in.position(bytes.length - Integer.BYTES).getInt() != checksum(bytes)) {
      throw broken();
    }
    String tag = new String(name, StandardCharsets.UTF_8);
    return new PageCursor(tag, from, to, source, ordinal, upTo, corrections);
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
