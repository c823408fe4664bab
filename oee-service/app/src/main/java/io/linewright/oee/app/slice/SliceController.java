package io.linewright.oee.app.slice;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.app.NextLink;
import io.linewright.oee.app.Rfc3339;
import io.linewright.oee.app.Times;
import io.linewright.oee.app.read.Asked;
import io.linewright.oee.app.read.AskedRange;
import io.linewright.oee.app.read.OeeReader;
import io.linewright.oee.app.read.Questions;
import io.linewright.oee.app.read.Snapshot;
import io.linewright.oee.app.read.Standing;
import io.linewright.oee.element.Cell;
import io.linewright.oee.range.TimeQuestion;
import io.linewright.oee.slice.SliceFlag;
import io.linewright.oee.slice.TimeSlice;
import io.linewright.oee.state.StateTimes;
import io.linewright.oee.time.Span;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Time slices", description = "What the time of machines was")
class SliceController {

  private static final int MAX_LIMIT = 10_000;
  private static final double SECOND = 1_000_000;

  /**
   * A stretch of time that was one thing.
   *
   * @param category what it counts as; every instant has exactly one
   * @param said what machine and people said, before calendar and lengths of stops decided
   * @param state native state, as the machine told it; empty: none is known
   * @param reason code; null: none
   * @param shift name; null: outside of shifts
   * @param flags forced: a reason is needed; by-word: somebody said so; first-of-episode: a stop
   *     begins
   */
  record SliceView(
      Instant from,
      Instant to,
      String category,
      String said,
      String state,
      @Nullable String reason,
      String plantDay,
      @Nullable String shift,
      @Nullable String order,
      @Nullable String product,
      @Nullable String lot,
      List<String> flags) {}

  /**
   * A page of slices, ascending; they touch.
   *
   * @param next cursor of the next page; null on the last
   */
  record SlicePage(String machine, List<SliceView> slices, @Nullable String next) {}

  /**
   * A state.
   *
   * @param state as the machine told it
   * @param seconds how long it was known to hold
   * @param plannedBusySeconds how much of that was planned to be busy
   * @param occurrences how often it began, and once more if it held at the begin already
   */
  record StateView(String state, double seconds, double plannedBusySeconds, int occurrences) {}

  /**
   * How long a machine was in each of its states.
   *
   * @param tag which told them; null: none has yet
   * @param transitions how often the state changed, also to and from no data
   * @param noDataSeconds how long it was not known
   * @param pendingSeconds how long it is not known yet
   */
  record StateTimesAnswer(
      String machine,
      @Nullable String tag,
      Instant from,
      Instant to,
      List<StateView> states,
      int transitions,
      double noDataSeconds,
      double pendingSeconds) {}

  private final OeeReader reader;
  private final Questions questions;
  private final InstantSource clock;

  SliceController(OeeReader reader, Questions questions, InstantSource clock) {
    this.reader = reader;
    this.questions = questions;
    this.clock = clock;
  }

  @GetMapping(path = "/api/v1/time-slices", produces = "application/json")
  @Operation(
      operationId = "timeSlices",
      summary = "What the time of a machine was, slice by slice",
      description =
          "Slices of one machine from from to to, or during=…; they touch, and every instant is in"
              + " exactly one. They are cut where shift, plant day, order, product or lot change, too."
              + " limit is 1 to 10000.")
  SlicePage slices(
      @RequestParam String machine,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(required = false) @Nullable String during,
      @RequestParam(defaultValue = "1000") int limit,
      @RequestParam(required = false) @Nullable String cursor,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT + ", not " + limit);
    }
    long begin = cursor == null ? Long.MIN_VALUE : Rfc3339.parse("cursor", cursor);
    List<SliceView> slices =
        reader.ask(
            snapshot -> {
              List<SliceView> found = new ArrayList<>();
              for (Standing part : asked(snapshot, machine, from, to, during).parts()) {
                if (part.span().toMicros() > begin && found.size() <= limit) {
                  Span rest =
                      new Span(Math.max(begin, part.span().fromMicros()), part.span().toMicros());
                  add(snapshot.cells(part.during(rest), List.of()), limit + 1, found);
                }
              }
              return found;
            });
    if (slices.size() <= limit) {
      return new SlicePage(machine, slices, null);
    }
    String next = slices.get(limit).from().toString();
    NextLink.add(request, response, next);
    return new SlicePage(machine, slices.subList(0, limit), next);
  }

  @GetMapping(path = "/api/v1/state-times", produces = "application/json")
  @Operation(
      operationId = "stateTimes",
      summary = "How long a machine was in each of its states, and how often it changed",
      description =
          "What one tag of the machine told, whatever calendar and people say. Without tag it is the"
              + " one that tells the machine's state at the end of the time.")
  StateTimesAnswer stateTimes(
      @RequestParam String machine,
      @RequestParam(required = false) @Nullable String tag,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(required = false) @Nullable String during) {
    return reader.ask(
        snapshot -> {
          List<Standing> parts = asked(snapshot, machine, from, to, during).parts();
          if (parts.size() != 1) {
            throw new IllegalArgumentException(
                "state times are those of one stretch of time, and this has " + parts.size());
          }
          Standing part = parts.getFirst();
          String told = tag == null ? snapshot.stateTag(part).orElse(null) : tag;
          StateTimes.Answer answer = snapshot.stateTimes(part, told == null ? "state" : told);
          return new StateTimesAnswer(
              machine,
              told,
              Times.instant(part.span().fromMicros()),
              Times.instant(part.span().toMicros()),
              answer.states().stream()
                  .map(
                      state ->
                          new StateView(
                              state.state(),
                              state.micros() / SECOND,
                              state.plannedBusyMicros() / SECOND,
                              state.occurrences()))
                  .toList(),
              answer.transitions(),
              answer.noDataMicros() / SECOND,
              answer.pendingMicros() / SECOND);
        });
  }

  /** The time of the one machine. */
  private Asked asked(
      Snapshot snapshot,
      String machine,
      @Nullable String from,
      @Nullable String to,
      @Nullable String during) {
    EquipmentPath path = EquipmentPath.parse(machine);
    TimeQuestion question = AskedRange.of(from, to, during);
    Asked asked = questions.of(snapshot, path, question, Times.micros(clock.instant()));
    return new Asked(
        asked.title(),
        asked.bounds(),
        asked.parts().stream().filter(part -> part.path().equals(path)).toList());
  }

  private static void add(List<Cell> cells, int most, List<SliceView> found) {
    for (Cell cell : cells) {
      for (TimeSlice slice : cell.slices()) {
        if (found.size() == most) {
          return;
        }
        found.add(view(cell, slice));
      }
    }
  }

  private static SliceView view(Cell cell, TimeSlice slice) {
    return new SliceView(
        Times.instant(slice.span().fromMicros()),
        Times.instant(slice.span().toMicros()),
        name(slice.category()),
        name(slice.said()),
        slice.state(),
        slice.reason(),
        cell.key().plantDay().toString(),
        cell.key().shift(),
        cell.key().order(),
        cell.key().product(),
        cell.key().lot(),
        slice.flags().stream().map(SliceController::flag).toList());
  }

  private static String flag(SliceFlag flag) {
    return name(flag);
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
