package io.linewright.ingest.page;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A reader's whole question for samples and where it goes on. The upper ingest position and the
 * last corrections are frozen at the first page, so that rows and corrections arriving meanwhile
 * behind the reader do not make its pages inconsistent.
 *
 * @param question what is asked for
 * @param sourceMicros source time of the last sample delivered, microseconds since the epoch
 * @param ordinal ordinal of the last sample delivered; -1 before the first
 */
public record PageCursor(Question question, long sourceMicros, int ordinal) {

  /** Most stored tags whose corrections a cursor pins. */
  public static final int MOST_PINS = 32;

  private static final byte VERSION = 5;
  private static final int FIXED =
      2 + 5 * Long.BYTES + Short.BYTES + 1 + Short.BYTES + Integer.BYTES;
  private static final int PIN = Integer.BYTES + Long.BYTES;
  private static final int MAX_TEXT = 4_096;
  private static final int AS_WAS = 1;
  private static final int RAW = 2;
  private static final int UNIT = 4;
  private static final int NEWEST = 8;
  private static final int NUMBER = 16;

  /**
   * The last correction of a stored tag that counts.
   *
   * @param version of the correction; 0: there was none
   */
  public record Pin(int tagId, long version) {}

  /**
   * How samples are shown.
   *
   * @param asWas whether the path means the place, not the equipment
   * @param unit UCUM code; null: the newest
   * @param raw whether samples are wanted as they were stored, without corrections
   */
  public record Shown(boolean asWas, @Nullable String unit, boolean raw) {}

  /**
   * What the newest values were when the first page was asked for: so those of all pages are shown,
   * whatever begins meanwhile.
   *
   * @param unit UCUM code
   * @param number whether they were numbers; only these are converted
   */
  public record Newest(String unit, boolean number) {}

  /**
   * What is asked for.
   *
   * @param tag which tag, {@code path#name}
   * @param shown how
   * @param newest in which unit, if none is asked for; null: the newest of each page
   * @param begunMicros begin of the newest type and unit that there was when the first page was
   *     asked for, microseconds since the epoch; those that have begun since are left out
   * @param fromMicros begin of the range, included, microseconds since the epoch
   * @param toMicros end of the range, not included, microseconds since the epoch
   * @param upToIngestMicros only samples stored up to this time belong to the answer
   * @param pins the last corrections of the stored tags that make up the tag, of at most {@link
   *     #MOST_PINS}; of others all count
   */
  public record Question(
      String tag,
      Shown shown,
      @Nullable Newest newest,
      long begunMicros,
      long fromMicros,
      long toMicros,
      long upToIngestMicros,
      List<Pin> pins) {

    public Question {
      pins = List.copyOf(pins);
      if (pins.size() > MOST_PINS) {
        throw new IllegalArgumentException(
            "a cursor pins at most %d tags, not %d".formatted(MOST_PINS, pins.size()));
      }
    }

    /** The last correction of a stored tag that counts; empty: all do that there are. */
    public OptionalLong pinned(int tagId) {
      return pins.stream().filter(pin -> pin.tagId() == tagId).mapToLong(Pin::version).findFirst();
    }

    private Question until(long end) {
      return new Question(tag, shown, newest, begunMicros, fromMicros, end, upToIngestMicros, pins);
    }
  }

  /** Before the first sample of a range. */
  public static PageCursor begin(Question question) {
    return new PageCursor(question, question.fromMicros(), -1);
  }

  /** End of the range, not included, microseconds since the epoch. */
  public long toMicros() {
    return question.toMicros();
  }

  /** Only samples stored up to this time belong to the answer. */
  public long upToIngestMicros() {
    return question.upToIngestMicros();
  }

  /** The same question, after that sample. */
  public PageCursor after(long lastSourceMicros, int lastOrdinal) {
    return new PageCursor(question, lastSourceMicros, lastOrdinal);
  }

  /** The part of what is left of the question that lies within a time; empty if none does. */
  public Optional<PageCursor> within(long from, long to) {
    long end = Math.min(toMicros(), to);
    boolean begun = sourceMicros >= from;
    long begin = begun ? sourceMicros : from;
    return begin >= end
        ? Optional.empty()
        : Optional.of(new PageCursor(question.until(end), begin, begun ? ordinal : -1));
  }

  /** The cursor as clients carry it: opaque, safe in an URL. */
  public String encode() {
    byte[] name = question.tag().getBytes(StandardCharsets.UTF_8);
    String wanted = question.shown().unit();
    Newest newest = question.newest();
    String code = wanted == null && newest != null ? newest.unit() : wanted;
    byte[] unit = code == null ? new byte[0] : code.getBytes(StandardCharsets.UTF_8);
    int flags =
        (question.shown().asWas() ? AS_WAS : 0)
            | (question.shown().raw() ? RAW : 0)
            | (wanted == null ? 0 : UNIT)
            | (wanted == null && newest != null ? NEWEST : 0)
            | (wanted == null && newest != null && newest.number() ? NUMBER : 0);
    List<Pin> pins = question.pins();
    ByteBuffer bytes =
        ByteBuffer.allocate(FIXED + pins.size() * PIN + unit.length + name.length)
            .put(VERSION)
            .put((byte) flags)
            .putLong(question.fromMicros())
            .putLong(question.toMicros())
            .putLong(sourceMicros)
            .putShort((short) ordinal)
            .putLong(question.upToIngestMicros())
            .putLong(question.begunMicros())
            .put((byte) pins.size());
    pins.forEach(pin -> bytes.putInt(pin.tagId()).putLong(pin.version()));
    bytes.putShort((short) unit.length).put(unit).put(name);
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
    ByteBuffer in = ByteBuffer.wrap(bytes, 1, bytes.length - 1 - Integer.BYTES);
    if (ByteBuffer.wrap(bytes).getInt(in.limit()) != checksum(bytes)) {
      throw broken();
    }
    try {
      return read(in);
    } catch (BufferUnderflowException | IllegalArgumentException made) {
      throw broken();
    }
  }

  private static PageCursor read(ByteBuffer in) {
    int flags = in.get();
    long from = in.getLong();
    long to = in.getLong();
    long source = in.getLong();
    int ordinal = in.getShort();
    long upTo = in.getLong();
    long begun = in.getLong();
    int count = in.get();
    List<Pin> pins = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pins.add(new Pin(in.getInt(), in.getLong()));
    }
    String unit = text(in, in.getShort());
    String tag = text(in, in.remaining());
    Shown shown =
        new Shown((flags & AS_WAS) != 0, (flags & UNIT) == 0 ? null : unit, (flags & RAW) != 0);
    Newest newest = (flags & NEWEST) == 0 ? null : new Newest(unit, (flags & NUMBER) != 0);
    return new PageCursor(
        new Question(tag, shown, newest, begun, from, to, upTo, pins), source, ordinal);
  }

  private static String text(ByteBuffer in, int length) {
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] text = new byte[length];
    in.get(text);
    return new String(text, StandardCharsets.UTF_8);
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
