package io.linewright.oee.masterdata.form;

/**
 * Something wrong in a document, for whoever wrote it.
 *
 * @param line where, from 1; 0 if it came in no file
 * @param field path of the field, such as {@code calendars.three-shift.shifts.late.start}; empty
 *     for the document
 * @param wrong what is wrong
 * @param right what would be right
 */
public record Fault(int line, String field, String wrong, String right) {

  /** All of it as a sentence. */
  public String text() {
    String where = field.isEmpty() ? "the document" : field;
    return "%s%s: %s; %s".formatted(line > 0 ? "line " + line + ": " : "", where, wrong, right);
  }
}
