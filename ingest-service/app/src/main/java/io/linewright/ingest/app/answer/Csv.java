package io.linewright.ingest.app.answer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes lines of RFC 4180 in UTF-8. A missing value is nothing between the commas, an empty text
 * is {@code ""}.
 */
public final class Csv {

  private static final int CHUNK = 16 * 1024;

  private final OutputStream out;
  private final StringBuilder text = new StringBuilder(CHUNK + 1024);
  private boolean begun;

  public Csv(OutputStream out) {
    this.out = out;
  }

  /** The next field of the line. */
  public Csv field(@Nullable String value) {
    if (begun) {
      text.append(',');
    }
    begun = true;
    if (value == null) {
      return this;
    }
    if (plain(value)) {
      text.append(value);
    } else {
      text.append('"').append(value.replace("\"", "\"\"")).append('"');
    }
    return this;
  }

  /** The next field of the line, a whole number. */
  public Csv field(long value) {
    return field(Long.toString(value));
  }

  /** A whole line of texts. */
  public void line(String... fields) throws IOException {
    for (String field : fields) {
      field(field);
    }
    end();
  }

  /** Ends the line without handing anything on. */
  public void endLine() {
    text.append("\r\n");
    begun = false;
  }

  /** Ends the line, and hands on what has been written if it is much. */
  public void end() throws IOException {
    endLine();
    if (text.length() >= CHUNK) {
      flush();
    }
  }

  /** Hands on what has been written. */
  public void flush() throws IOException {
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    text.setLength(0);
  }

  private static boolean plain(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == ',' || c == '"' || c == '\r' || c == '\n') {
        return false;
      }
    }
    return !value.isEmpty();
  }
}
