package io.linewright.oee.app.read;

import io.linewright.oee.app.Rfc3339;
import io.linewright.oee.engine.input.MachineInput;
import io.linewright.oee.range.TimeQuestion;
import io.linewright.oee.time.Span;
import org.jspecify.annotations.Nullable;

/** The time that a request asks about: {@code from} and {@code to}, or {@code during}. */
public final class AskedRange {

  private AskedRange() {}

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException if it is neither, or both, or cannot be understood
   */
  public static TimeQuestion of(
      @Nullable String from, @Nullable String to, @Nullable String during) {
    if (during != null) {
      if (from != null || to != null) {
        throw new IllegalArgumentException("ask either by from and to, or by during, not by both");
      }
      return TimeQuestion.parse(during)
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "during must be shift:current, shift:previous, shift:2026-03-29/night,"
                          + " day:2026-03-29, order:PO-1 or lot:L-7, not '%s'".formatted(during)));
    }
    if (from == null || to == null) {
      throw new IllegalArgumentException(
          "the time is missing: from=2026-03-29T06:00:00Z and to=…, or during=shift:current,"
              + " shift:2026-03-29/night, day:2026-03-29, order:PO-1 or lot:L-7");
    }
    return new TimeQuestion.Between(span(from, to));
  }

  private static Span span(String from, String to) {
    long begin = Rfc3339.parse("from", from);
    long end = Rfc3339.parse("to", to);
    if (begin >= end) {
      throw new IllegalArgumentException("from must be before to, and %s is not".formatted(from));
    }
    Span span = new Span(begin, end);
    if (!MachineInput.ALL_TIME.covers(span)) {
      throw new IllegalArgumentException("from and to must lie in the years 1 to 9999");
    }
    return span;
  }
}
