package io.linewright.ingest.app.imports;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.zip.GZIPOutputStream;

/** Files of a plant's past, and streams that behave badly. */
final class Files {

  private Files() {}

  /**
   * Rows of two tags a machine, one each second, header first; every hundredth row is refused and
   * every hundred-and-first says again what the one before says.
   */
  static String rows(String machine, int count) {
    StringBuilder file = new StringBuilder("tag,time,value,status\n");
    Instant begin = Instant.parse("1995-03-01T00:00:00Z");
    for (int i = 0; i < count; i++) {
      int second = i % 101 == 100 ? i - 1 : i;
      String tag = machine + (second % 100 == 0 ? "#nobody" : "#speed");
      boolean gap = second % 7 == 3;
      file.append(tag)
          .append(',')
          .append(begin.plusSeconds(second))
          .append(',')
          .append(gap ? "" : second * 0.5)
          .append(gap ? ",Bad_NoData\n" : ",\n");
    }
    return file.toString();
  }

  /** How many of them are refused. */
  static int refused(int count) {
    int refused = 0;
    for (int i = 0; i < count; i++) {
      int second = i % 101 == 100 ? i - 1 : i;
      refused += second % 100 == 0 ? 1 : 0;
    }
    return refused;
  }

  /** How many say again what the one before says. */
  static int repeated(int count) {
    int repeated = 0;
    for (int i = 100; i < count; i += 101) {
      repeated += (i - 1) % 100 == 0 ? 0 : 1;
    }
    return repeated;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return packed.toByteArray();
  }

  /** What happens behind the first bytes of a stream, asked before each further piece. */
  @FunctionalInterface
  interface Then {
    void happens() throws IOException;
  }

  /** The bytes; behind the first {@code before} ones something happens, piece by piece. */
  static InputStream interrupted(byte[] bytes, int before, Then then) {
    ByteArrayInputStream in = new ByteArrayInputStream(bytes);
    return new InputStream() {
      @Override
      public int read() {
        throw new UnsupportedOperationException("read pieces");
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        int read = bytes.length - in.available();
        if (read < before) {
          return in.read(into, offset, Math.min(length, before - read));
        }
        then.happens();
        return in.read(into, offset, Math.min(length, 200));
      }
    };
  }
}
