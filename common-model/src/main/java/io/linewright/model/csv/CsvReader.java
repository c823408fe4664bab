package io.linewright.model.csv;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * CSV after RFC 4180 in UTF-8, record by record: fields separated by commas, quotation marks around
 * fields with commas, line ends or quotation marks, which are doubled inside. A line ends with LF
 * or CRLF; empty lines and a byte order mark at the begin are passed over. Holds one record, never
 * the file. Used by one thread.
 */
public final class CsvReader {

  private enum State {
    FIELD_BEGIN,
    PLAIN,
    QUOTED,
    QUOTE_IN_QUOTED,
    AFTER_CR
  }

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final int BUFFER = 64 * 1024;

  private final InputStream in;
  private final int maxRecordBytes;
  private final long maxBytes;
  private MessageDigest digest;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);

  private final byte[] buffer = new byte[BUFFER];
  private int position;
  private int limit;
  private int finished;
  private long beforeBuffer;
  private boolean tooLarge;
  private long recordEnd;
  private long line = 1;

  /** What the buffer no longer has of the record that is being read. */
  private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();

  private byte[] field = new byte[256];
  private int length;
  private boolean ascii = true;
  private boolean quoted;
  private List<CsvRecord.Cell> cells = new ArrayList<>();
  private @Nullable String fault;

  /**
   * @param in content, unpacked
   * @param maxRecordBytes longest record in bytes
   * @param maxBytes most bytes that are read, whatever they are
   */
  public CsvReader(InputStream in, int maxRecordBytes, long maxBytes) {
    this.in = in;
    this.maxRecordBytes = maxRecordBytes;
    this.maxBytes = maxBytes;
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  /**
   * The next record; null at the end.
   *
   * @throws FileFaultException if it is too long, as behind a quotation mark that is never closed,
   *     or the file is too large
   * @throws IOException as the stream does
   */
  public @Nullable CsvRecord next() throws IOException {
    if (beforeBuffer == 0 && position == 0 && limit == 0) {
      skipByteOrderMark();
    }
    CsvRecord record = read();
    if (record != null && isBlank(record)) {
      record = behindBlankLines();
    }
    complete();
    return record;
  }

  /** If the file cannot be read on behind them, they belong to nothing. */
  private @Nullable CsvRecord behindBlankLines() throws IOException {
    MessageDigest before = digestSoFar();
    long end = recordEnd;
    boolean passed = false;
    try {
      CsvRecord next;
      do {
        complete();
        next = read();
      } while (next != null && isBlank(next));
      passed = true;
      return next;
    } finally {
      if (!passed) {
        digest = before;
        recordEnd = end;
      }
    }
  }

  /** Bytes up to the end of the record that was read last. */
  public long bytes() {
    return recordEnd;
  }

  /** SHA-256 of these bytes, hexadecimal. */
  public String sha256() {
    return HexFormat.of().formatHex(digestSoFar().digest());
  }

  private MessageDigest digestSoFar() {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException impossible) {
      throw new IllegalStateException("SHA-256 of Java can be cloned", impossible);
    }
  }

  private static boolean isBlank(CsvRecord record) {
    return record.fault() == null
        && record.cells().size() == 1
        && record.cells().getFirst().missing();
  }

  private @Nullable CsvRecord read() throws IOException {
    cells = new ArrayList<>();
    fault = null;
    beginField();
    long begin = line;
    int bytes = 0;
    State state = State.FIELD_BEGIN;
    while (true) {
      int b = readByte();
      if (b < 0) {
        return end(begin, state, bytes);
      }
      if (++bytes > maxRecordBytes) {
        throw new FileFaultException(
            FileFaultException.Kind.UNREADABLE,
            begin,
            ("the record that begins here is longer than %d bytes; perhaps a quotation mark is not"
                    + " closed")
                .formatted(maxRecordBytes));
      }
      if (b == 0) {
        blame("a NUL byte; the file is perhaps not UTF-8");
      }
      if (b == '\n') {
        line++;
        if (state != State.QUOTED) {
          endField();
          return new CsvRecord(begin, cells, fault);
        }
      }
      state = step(state, b);
    }
  }

  private @Nullable CsvRecord end(long begin, State state, int bytes) {
    if (bytes == 0) {
      return null;
    }
    if (state == State.QUOTED) {
      blame("a quotation mark is not closed; the file is perhaps cut off");
    }
    endField();
    return new CsvRecord(begin, cells, fault);
  }

  private State step(State state, int b) {
    return switch (state) {
      case QUOTED -> {
        if (b == '"') {
          yield State.QUOTE_IN_QUOTED;
        }
        append(b);
        yield State.QUOTED;
      }
      case QUOTE_IN_QUOTED -> {
        if (b == '"') {
          append(b);
          yield State.QUOTED;
        }
        if (b != ',' && b != '\r') {
          blame("text after a closing quotation mark; inside of a field it is doubled");
        }
        yield unquoted(b);
      }
      case AFTER_CR -> {
        blame("a carriage return without line feed");
        yield unquoted(b);
      }
      case FIELD_BEGIN -> {
        if (b == '"') {
          quoted = true;
          yield State.QUOTED;
        }
        yield unquoted(b);
      }
      case PLAIN -> {
        if (b == '"') {
          blame("a quotation mark inside of a field that does not begin with one");
        }
        yield unquoted(b);
      }
    };
  }

  private State unquoted(int b) {
    if (b == ',') {
      endField();
      return State.FIELD_BEGIN;
    }
    if (b == '\r') {
      return State.AFTER_CR;
    }
    append(b);
    return State.PLAIN;
  }

  private void beginField() {
    length = 0;
    ascii = true;
    quoted = false;
  }

  private void endField() {
    cells.add(new CsvRecord.Cell(text(), quoted));
    beginField();
  }

  private String text() {
    if (ascii) {
      return new String(field, 0, length, StandardCharsets.ISO_8859_1);
    }
    try {
      return decoder.decode(ByteBuffer.wrap(field, 0, length)).toString();
    } catch (CharacterCodingException notUtf8) {
      blame("bytes that are not UTF-8");
      return "";
    }
  }

  private void append(int b) {
    if (length == field.length) {
      field = Arrays.copyOf(field, 2 * length);
    }
    field[length++] = (byte) b;
    ascii &= b < 0x80;
  }

  private void blame(String reason) {
    if (fault == null) {
      fault = reason;
    }
  }

  private int readByte() throws IOException {
    if (position == limit && !fill()) {
      return -1;
    }
    return buffer[position++] & 0xFF;
  }

  private boolean fill() throws IOException {
    unfinished.write(buffer, finished, position - finished);
    beforeBuffer += position;
    position = 0;
    limit = 0;
    finished = 0;
    if (tooLarge) {
      throw tooLarge();
    }
    return take(Math.max(0, in.read(buffer, 0, BUFFER)));
  }

  /** Takes what was read into the buffer, as far as the file may go; false: nothing was. */
  private boolean take(int read) throws FileFaultException {
    long room = maxBytes - beforeBuffer;
    tooLarge = read > room;
    limit = (int) Math.min(read, room);
    if (tooLarge && limit == 0) {
      throw tooLarge();
    }
    return read > 0;
  }

  private FileFaultException tooLarge() {
    return new FileFaultException(
        FileFaultException.Kind.TOO_LARGE,
        line,
        "the file has more than %d bytes, unpacked; divide it".formatted(maxBytes));
  }

  /** A record was read: only now it belongs to what was read. */
  private void complete() {
    digest.update(unfinished.toByteArray());
    unfinished.reset();
    digest.update(buffer, finished, position - finished);
    finished = position;
    recordEnd = beforeBuffer + position;
  }

  private void skipByteOrderMark() throws IOException {
    int last = 0;
    int read = 0;
    while (last >= 0 && read < BYTE_ORDER_MARK.length) {
      last = in.read(buffer, read, BUFFER - read);
      read += Math.max(0, last);
    }
    take(read);
    if (limit >= BYTE_ORDER_MARK.length
        && Arrays.equals(
            buffer, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length)) {
      position = BYTE_ORDER_MARK.length;
    }
  }
}
