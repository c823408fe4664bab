package io.linewright.ingest.imports;

import io.linewright.ingest.aggregate.config.StatusNames;
import io.linewright.model.sample.StatusCode;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * OPC UA status codes as text: the symbolic name (part 6, annex A.2), with or without the
 * underscore behind its severity, or the number, decimal or hexadecimal with {@code 0x}. Names are
 * known of those codes that a value can have.
 */
public final class StatusText {

  private static final Pattern NUMBER = Pattern.compile("0[xX][0-9a-fA-F]{1,8}|[0-9]{1,10}");
  private static final long MOST = 0xFFFF_FFFFL;

  private StatusText() {}

  /**
   * The code that a text stands for.
   *
   * @throws IllegalArgumentException if it is neither a known name nor a number of 32 bits
   */
  public static StatusCode parse(String text) {
    if (NUMBER.matcher(text).matches()) {
      boolean hexadecimal = text.length() > 1 && text.toLowerCase(Locale.ROOT).charAt(1) == 'x';
      long bits = hexadecimal ? Long.parseLong(text.substring(2), 16) : Long.parseLong(text);
      if (bits <= MOST) {
        return StatusCode.of((int) bits);
      }
    }
    return StatusNames.named(text.replaceFirst("_", ""))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' is no status; write a name of OPC UA like Good or Bad_NoData, or a number"
                            .formatted(ImportText.shortened(text))
                        + " like 0x809B0000"));
  }
}
