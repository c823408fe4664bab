package io.linewright.model.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvReaderTest {

  private static final int LONGEST = 1_000;
  private static final long LARGEST = 10_000_000;

  @Test
  void fieldsAreReadAsRfc4180Says() throws IOException {
    List<CsvRecord> records =
        read("a,b,c\r\n\"x,y\",\"say \"\"hi\"\"\",\"two\r\nlines\"\nlast,,\"\"");

    assertThat(records).extracting(CsvRecord::line).containsExactly(1L, 2L, 4L);
    assertThat(texts(records.get(0))).containsExactly("a", "b", "c");
    assertThat(texts(records.get(1))).containsExactly("x,y", "say \"hi\"", "two\r\nlines");
    assertThat(texts(records.get(2))).containsExactly("last", "", "");
    assertThat(records.get(2).cells().get(1).missing()).isTrue();
    assertThat(records.get(2).cells().get(2).missing()).isFalse();
    assertThat(records).extracting(CsvRecord::fault).containsOnlyNulls();
  }

  @Test
  void emptyLinesAndAByteOrderMarkArePassedOver() throws IOException {
    List<CsvRecord> records = read("\uFEFF\"a\"\n\n\r\nGröße\n\n");

    assertThat(records).extracting(CsvRecord::line).containsExactly(1L, 4L);
    assertThat(texts(records.get(0))).containsExactly("a");
    assertThat(texts(records.get(1))).containsExactly("Größe");
    assertThat(read("")).isEmpty();
    assertThat(read("\n\n")).isEmpty();
  }

  @Test
  void aFaultConcernsItsRecordOnly() throws IOException {
    assertThat(faultOf("a\"b,c\nnext,1")).contains("inside of a field");
    assertThat(faultOf("\"a\"b,c\nnext,1")).contains("after a closing");
    assertThat(faultOf("a\rb,c\nnext,1")).contains("carriage return");
    assertThat(faultOf("a\0b,c\nnext,1")).contains("NUL");
    byte[] latin1 = "Größe,1\nnext,1".getBytes(StandardCharsets.ISO_8859_1);
    List<CsvRecord> records = read(new ByteArrayInputStream(latin1));
    assertThat(records.getFirst().fault()).contains("not UTF-8");
    assertThat(texts(records.get(1))).containsExactly("next", "1");
  }

  private String faultOf(String text) throws IOException {
    List<CsvRecord> records = read(text);
    assertThat(records).hasSize(2);
    assertThat(records.get(1).fault()).isNull();
    assertThat(texts(records.get(1))).containsExactly("next", "1");
    return String.valueOf(records.getFirst().fault());
  }

  @Test
  void anUnclosedQuotationMarkIsToldAtTheEnd() throws IOException {
    assertThat(read("a,b\n1,\"2\n3,4").getLast().fault()).contains("not closed");
  }

  @Test
  void aRecordThatIsTooLongEndsTheFile() {
    String text = "a,b\n1,2\n\"" + "x".repeat(LONGEST) + "\n3,4\n";
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(FileFaultException.class)
        .hasMessageContaining("line 3")
        .hasMessageContaining("1000 bytes");
  }

  /** A few megabytes of gzip are terabytes of them. */
  @Test
  void blankLinesAreBoundedAndBelongToNothing() throws IOException {
    for (String blank : List.of("\n", "\r\n")) {
      byte[] lines = blank.getBytes(StandardCharsets.UTF_8);
      String rows = "a,b\n1,2\n";
      CsvReader reader =
          new CsvReader(new Endless(rows.getBytes(StandardCharsets.UTF_8), lines), LONGEST, 50_000);
      assertThat(reader.next()).isNotNull();
      assertThat(reader.next()).isNotNull();
      String sha256 = reader.sha256();

      assertThatThrownBy(reader::next)
          .isInstanceOfSatisfying(
              FileFaultException.class,
              fault -> assertThat(fault.kind()).isEqualTo(FileFaultException.Kind.TOO_LARGE))
          .hasMessageContaining("more than 50000 bytes");
      assertThat(reader.bytes()).isEqualTo(rows.length());
      assertThat(reader.sha256()).isEqualTo(sha256);
    }
  }

  @Test
  void aFileOfTheLargestSizeIsReadAndOneByteMoreIsTooMuch() throws IOException {
    byte[] file = "\uFEFFa,b\n1,2\n3,4\n\n".getBytes(StandardCharsets.UTF_8);
    assertThat(records(file, file.length)).hasSize(3);
    for (int most = 1; most < file.length; most++) {
      int bound = most;
      assertThatThrownBy(() -> records(file, bound))
          .as("at most %d", most)
          .isInstanceOf(FileFaultException.class)
          .hasMessageContaining("more than " + most + " bytes");
    }
  }

  private static List<CsvRecord> records(byte[] file, long most) throws IOException {
    CsvReader reader = new CsvReader(new ByteArrayInputStream(file), LONGEST, most);
    List<CsvRecord> records = new ArrayList<>();
    for (CsvRecord next = reader.next(); next != null; next = reader.next()) {
      records.add(next);
    }
    return records;
  }

  /** Header, field and record without end, and what is no text, end where a record may end. */
  @Test
  void whatHasNoEndIsAFaultOfTheFile() {
    for (String begin : List.of("", "\"", "a,b\n\"", "a,b\n1,2\n", "tag,")) {
      for (byte[] on : List.of(new byte[] {'x'}, new byte[1], new byte[] {-1}, new byte[] {','})) {
        CsvReader reader =
            new CsvReader(
                new Endless(begin.getBytes(StandardCharsets.UTF_8), on), LONGEST, LARGEST);
        assertThatThrownBy(
                () -> {
                  while (reader.next() != null) {
                    // the next one
                  }
                })
            .isInstanceOf(FileFaultException.class)
            .hasMessageContaining("longer than 1000 bytes");
      }
    }
  }

  /** So that a later attempt can tell whether it gets the same file. */
  @Test
  void bytesAndHashAreThoseUpToTheLastRecordWhateverTheBuffersAre() throws Exception {
    StringBuilder text = new StringBuilder("\uFEFFtag,time\n");
    for (int i = 0; i < 40_000; i++) {
      text.append("\"ü").append(i).append("\n\",").append(i % 7).append("\r\n");
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    CsvReader reader = new CsvReader(new Trickle(bytes), LONGEST, LARGEST);
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    int records = 0;
    while (reader.next() != null) {
      if (++records % 997 == 0) {
        byte[] prefix = Arrays.copyOf(bytes, (int) reader.bytes());
        assertThat(prefix[prefix.length - 1]).isEqualTo((byte) '\n');
        assertThat(reader.sha256()).isEqualTo(HexFormat.of().formatHex(sha256.digest(prefix)));
      }
    }
    assertThat(records).isEqualTo(40_001);
    assertThat(reader.bytes()).isEqualTo(bytes.length);
    assertThat(reader.sha256()).isEqualTo(HexFormat.of().formatHex(sha256.digest(bytes)));
  }

  /** Gives a few bytes at a time, as a network does. */
  private static final class Trickle extends InputStream {

    private final ByteArrayInputStream in;
    private int next = 1;

    Trickle(byte[] bytes) {
      this.in = new ByteArrayInputStream(bytes);
    }

    @Override
    public int read() {
      return in.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      next = next * 31 % 1_009;
      return in.read(bytes, offset, Math.clamp(next, 1, length));
    }
  }

  /** Some bytes, and then the same ones for ever. */
  private static final class Endless extends InputStream {

    private final byte[] begin;
    private final byte[] then;
    private int next;

    Endless(byte[] begin, byte[] then) {
      this.begin = begin;
      this.then = then;
    }

    @Override
    public int read() {
      int at = next++;
      return at < begin.length ? begin[at] & 0xFF : then[(at - begin.length) % then.length] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      for (int i = 0; i < length; i++) {
        bytes[offset + i] = (byte) read();
      }
      return length;
    }
  }

  private static List<CsvRecord> read(String text) throws IOException {
    return read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<CsvRecord> read(InputStream in) throws IOException {
    CsvReader reader = new CsvReader(in, LONGEST, LARGEST);
    List<CsvRecord> records = new ArrayList<>();
    for (CsvRecord next = reader.next(); next != null; next = reader.next()) {
      records.add(next);
    }
    return records;
  }

  private static List<String> texts(CsvRecord record) {
    return record.cells().stream().map(CsvRecord.Cell::text).toList();
  }
}
