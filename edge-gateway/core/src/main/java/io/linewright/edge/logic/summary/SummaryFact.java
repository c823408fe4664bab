package io.linewright.edge.logic.summary;

import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import org.jspecify.annotations.Nullable;

/** What becomes known of windows. */
public sealed interface SummaryFact {

  /** OPC UA Bad_NoData: no good value in the window. */
  StatusCode NO_DATA = new StatusCode(0x809B0000);

  /** OPC UA Uncertain_DataSubNormal: a good value held for a part of the window only. */
  StatusCode PARTIAL = new StatusCode(0x40A40000);

  /**
   * A window is over.
   *
   * @param window its figures
   * @param last number that held at its end; NaN: none
   * @param lengthMicros its length
   */
  record Closed(Window window, double last, long lengthMicros) implements SummaryFact {

    /** The end of the window, exclusive: the time of its figures. */
    public long endMicros() {
      return window.startMicros() + lengthMicros;
    }

    /** A figure; null if there is none. */
    public @Nullable SampleValue value(SummaryValue value) {
      return switch (value) {
        case COUNT -> SampleValue.of(window.count());
        case MIN -> number(window.min());
        case MAX -> number(window.max());
        case MEAN ->
            number(window.goodMicros() == 0 ? Double.NaN : window.integral() / window.goodMicros());
        case LAST -> number(last);
        case PERCENT_GOOD -> SampleValue.of(100.0 * window.goodMicros() / lengthMicros);
        case FIRST_TIME -> time(window.firstMicros());
        case LAST_TIME -> time(window.lastMicros());
      };
    }

    /**
     * Status of a figure: Bad_NoData without a figure; Uncertain_DataSubNormal where a good number
     * held for a part of the window only; count and share are always Good.
     */
    public StatusCode status(SummaryValue value) {
      if (value(value) == null) {
        return NO_DATA;
      }
      boolean whole = window.goodMicros() == lengthMicros;
      boolean ofValues = value != SummaryValue.COUNT && value != SummaryValue.PERCENT_GOOD;
      return ofValues && !whole ? PARTIAL : StatusCode.GOOD;
    }

    private static @Nullable SampleValue number(double number) {
      return Double.isNaN(number) ? null : SampleValue.of(number);
    }

    private static @Nullable SampleValue time(long micros) {
      return micros == Long.MIN_VALUE ? null : SampleValue.of(micros);
    }
  }

  /** A value came after the time up to which windows are told; its window does not have it. */
  record Late() implements SummaryFact {}

  /**
   * Windows were passed over after a long pause of the gateway.
   *
   * @param windows how many
   */
  record Skipped(long windows) implements SummaryFact {}
}
