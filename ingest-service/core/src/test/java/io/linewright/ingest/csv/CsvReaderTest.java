package io.linewright.ingest.csv;

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

  /** So that a later attempt can tell whether it gets the same file. */
  @Test
  void bytesAndHashAreThoseUpToTheLastRecordWhateverTheBuffersAre() throws Exception {
    StringBuilder text = new StringBuilder("\uFEFFtag,time\n");
    for (int i = 0; i < 40_000; i++) {
      text.append("\"ü").append(i).append("\n\",").append(i % 7).append("\r\n");
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    CsvReader reader = new CsvReader(new Trickle(bytes), LONGEST);
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

  private static List<CsvRecord> read(String text) throws IOException {
    return read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<CsvRecord> read(InputStream in) throws IOException {
    CsvReader reader = new CsvReader(in, LONGEST);
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
