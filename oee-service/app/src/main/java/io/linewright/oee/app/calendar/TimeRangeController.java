package io.linewright.oee.app.calendar;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.app.Rfc3339;
import io.linewright.oee.app.Times;
import io.linewright.oee.app.read.Asked;
import io.linewright.oee.app.read.AskedRange;
import io.linewright.oee.app.read.OeeReader;
import io.linewright.oee.app.read.Questions;
import io.linewright.oee.range.TimeQuestion;
import io.linewright.oee.time.Span;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shifts, days, orders and lots as times, for whoever asks for values of such a time. */
@RestController
@Tag(name = "Calendars")
class TimeRangeController {

  /** Some time. */
  record BoundsView(String from, String to) {

    static BoundsView of(Span span) {
      return new BoundsView(Rfc3339.format(span.fromMicros()), Rfc3339.format(span.toMicros()));
    }
  }

  /** Some time of a machine. */
  record RangeView(String machine, String from, String to) {}

  /**
   * What is meant.
   *
   * @param title for people
   * @param bounds from the first instant of any machine to the last
   * @param ranges of each machine, which may have several; by path and begin
   */
  record RangesView(String title, BoundsView bounds, List<RangeView> ranges) {}

  private final OeeReader reader;
  private final Questions questions;
  private final InstantSource clock;

  TimeRangeController(OeeReader reader, Questions questions, InstantSource clock) {
    this.reader = reader;
    this.questions = questions;
    this.clock = clock;
  }

  @GetMapping(path = "/api/v1/time-ranges", produces = "application/json")
  @Operation(
      operationId = "timeRanges",
      summary = "Which time of which machines a shift, a day, an order or a lot is",
      description =
          "during is shift:current, shift:previous, shift:2026-03-29/night, day:2026-03-29,"
              + " day:2026-03-29/2026-03-31, order:PO-1 or lot:L-7. Orders and lots pass through"
              + " lines: each machine has its own time, perhaps with gaps.")
  RangesView ranges(
      @RequestParam String during, @RequestParam(required = false) @Nullable String equipment) {
    TimeQuestion question = AskedRange.of(null, null, during);
    EquipmentPath below = equipment == null ? null : EquipmentPath.parse(equipment);
    return reader.ask(
        snapshot -> {
          Asked asked = questions.of(snapshot, below, question, Times.micros(clock.instant()));
          return new RangesView(
              asked.title(),
              BoundsView.of(asked.bounds()),
              asked.parts().stream()
                  .map(
                      part ->
                          new RangeView(
                              part.path().toString(),
                              Rfc3339.format(part.span().fromMicros()),
                              Rfc3339.format(part.span().toMicros())))
                  .toList());
        });
  }
}
