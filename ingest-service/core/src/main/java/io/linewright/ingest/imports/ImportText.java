package io.linewright.ingest.imports;

/** Texts of a file in sentences for people. */
final class ImportText {

  private static final int MOST = 80;

  private ImportText() {}

  /** At most 80 characters of it, control characters shown as {@code ·}. */
  static String shortened(String text) {
    String cut = text.length() <= MOST ? text : text.substring(0, MOST) + "…";
    return cut.replaceAll("\\p{Cntrl}", "·");
  }
}
