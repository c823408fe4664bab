package io.linewright.oee.document;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes text of the bytes of an XML document. The parser of the JDK could, but replies to a wrong
 * byte on the console.
 *
 * @param text the document; empty if it cannot be read
 * @param fault why it cannot be read, a sentence without full stop; empty if it can
 */
record XmlText(String text, String fault) {

  private static final int DECLARATION = 200;
  private static final Pattern ENCODING =
      Pattern.compile("^<\\?xml[^>]{0,150}?\\sencoding\\s{0,9}=\\s{0,9}[\"']([^\"']*)[\"']");
  private static final Map<String, Charset> CHARSETS =
      Map.of(
          "utf-8", StandardCharsets.UTF_8,
          "utf-16", StandardCharsets.UTF_16,
          "utf-16be", StandardCharsets.UTF_16BE,
          "utf-16le", StandardCharsets.UTF_16LE,
          "us-ascii", StandardCharsets.US_ASCII,
          "iso-8859-1", StandardCharsets.ISO_8859_1,
          "windows-1252", Charset.forName("windows-1252"));

  /**
   * By the byte order mark, else by what the declaration says, else in UTF-8. Of a document in
   * UTF-16 the first character tells the order of bytes, as it is always {@code <}.
   */
  static XmlText of(byte[] xml) {
    if (startsWith(xml, 0xEF, 0xBB, 0xBF)) {
      return decoded(xml, 3, StandardCharsets.UTF_8);
    }
    if (startsWith(xml, 0xFE, 0xFF)) {
      return decoded(xml, 2, StandardCharsets.UTF_16BE);
    }
    if (startsWith(xml, 0xFF, 0xFE)) {
      return decoded(xml, 2, StandardCharsets.UTF_16LE);
    }
    if (startsWith(xml, 0, '<')) {
      return decoded(xml, 0, StandardCharsets.UTF_16BE);
    }
    if (startsWith(xml, '<', 0)) {
      return decoded(xml, 0, StandardCharsets.UTF_16LE);
    }
    String begin =
        new String(xml, 0, Math.min(xml.length, DECLARATION), StandardCharsets.ISO_8859_1);
    Matcher declared = ENCODING.matcher(begin);
    if (!declared.find()) {
      return decoded(xml, 0, StandardCharsets.UTF_8);
    }
    Charset charset = CHARSETS.get(declared.group(1).toLowerCase(Locale.ROOT));
    return charset == null
        ? new XmlText(
            "",
            "it is in "
                + DocFault.quote(declared.group(1))
                + ", which is not read: send it in UTF-8")
        : decoded(xml, 0, charset);
  }

  private static XmlText decoded(byte[] xml, int from, Charset charset) {
    ByteBuffer bytes = ByteBuffer.wrap(xml, from, xml.length - from);
    CharBuffer characters = CharBuffer.allocate(xml.length);
    CoderResult result = charset.newDecoder().decode(bytes, characters, true);
    return result.isError()
        ? new XmlText(
            "",
            "byte %d is none of %s: send the document in the encoding that it declares, UTF-8 if none"
                .formatted(bytes.position() + 1, charset.name()))
        : new XmlText(characters.flip().toString(), "");
  }

  private static boolean startsWith(byte[] xml, int... bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (xml.length <= i || (xml[i] & 0xFF) != bytes[i]) {
        return false;
      }
    }
    return true;
  }
}
