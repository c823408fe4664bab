package io.linewright.oee.document;

/**
 * What is wrong with a document, and where.
 *
 * @param path of the element, such as {@code
 *     /ProcessOperationsSchedule/DataArea/OperationsSchedule[1]/OperationsRequest[3]/ID}, also if
 *     it is missing there; elements that may be repeated have their number, from 1, attributes
 *     begin with {@code @}; {@code /} is the document
 * @param reason a sentence without full stop, for whoever wrote the document
 */
public record DocFault(String path, String reason) {

  private static final int LONGEST_QUOTE = 60;

  /**
   * @throws IllegalArgumentException if there is no path, or no reason
   */
  public DocFault {
    if (!path.startsWith("/") || reason.isEmpty()) {
      throw new IllegalArgumentException("'" + path + "' is no path, or no reason is given");
    }
  }

  /** A text of a document in quotes, shortened: documents may be long, and faults are shown. */
  public static String quote(String text) {
    int end =
        text.offsetByCodePoints(0, Math.min(LONGEST_QUOTE, text.codePointCount(0, text.length())));
    return end == text.length() ? "'" + text + "'" : "'" + text.substring(0, end) + "…'";
  }
}
