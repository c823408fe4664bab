package io.linewright.oee.app.downtime;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.app.NextLink;
import io.linewright.oee.app.Times;
import io.linewright.oee.app.downtime.StopFinder.Wanted;
import io.linewright.oee.app.downtime.StopViews.HistoryView;
import io.linewright.oee.app.downtime.StopViews.RangeView;
import io.linewright.oee.app.downtime.StopViews.StopView;
import io.linewright.oee.app.downtime.StopViews.StopsView;
import io.linewright.oee.app.read.Asked;
import io.linewright.oee.app.read.AskedRange;
import io.linewright.oee.app.read.OeeReader;
import io.linewright.oee.app.read.Questions;
import io.linewright.oee.app.read.Scopes;
import io.linewright.oee.app.read.Snapshot;
import io.linewright.oee.app.word.StopWords;
import io.linewright.oee.masterdata.form.Scalars;
import io.linewright.oee.range.TimeQuestion;
import io.linewright.oee.slice.TimeCategory;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Stops", description = "When machines stood still, and why")
class StopController {

  private static final int MAX_LIMIT = 1_000;
  private static final double MAX_SECONDS = 1e9;

  private final StopFinder finder;
  private final StopWords words;
  private final OeeReader reader;
  private final Questions questions;
  private final Scopes scopes;
  private final InstantSource clock;

  StopController(
      StopFinder finder,
      StopWords words,
      OeeReader reader,
      Questions questions,
      Scopes scopes,
      InstantSource clock) {
    this.finder = finder;
    this.words = words;
    this.reader = reader;
    this.questions = questions;
    this.scopes = scopes;
    this.clock = clock;
  }

  @GetMapping(path = "/api/v1/stops", produces = "application/json")
  @Operation(
      operationId = "stops",
      summary = "Stops, the latest first",
      description =
          "Those that have time in common with from to, or during, whole. reason is a code; of a"
              + " group also what is in it. reasonNeeded=true asks for those that somebody has to"
              + " explain. limit is 1 to 1000. Of a machine that is starved or blocked the first"
              + " cause in its line is told.")
  StopsView stops(
      @RequestParam(required = false) @Nullable String equipment,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(required = false) @Nullable String during,
      @RequestParam(required = false) @Nullable String category,
      @RequestParam(required = false) @Nullable String reason,
      @RequestParam(required = false) @Nullable Boolean reasonNeeded,
      @RequestParam(defaultValue = "0") double minSeconds,
      @RequestParam(defaultValue = "100") int limit,
      @RequestParam(required = false) @Nullable String cursor,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT + ", not " + limit);
    }
    TimeQuestion question = AskedRange.of(from, to, during);
    EquipmentPath below = equipment == null ? null : EquipmentPath.parse(equipment);
    Wanted wanted = wanted(category, reason, reasonNeeded, minSeconds);
    StopKey after = cursor == null ? null : StopKey.parse(cursor);
    return reader.ask(
        snapshot -> {
          Asked asked = questions.of(snapshot, below, question, Times.micros(clock.instant()));
          List<FoundStop> found =
              finder.all(snapshot, asked, wanted).stream()
                  .filter(stop -> after == null || stop.key().compareTo(after) > 0)
                  .limit(limit + 1L)
                  .toList();
          List<FoundStop> page = found.subList(0, Math.min(limit, found.size()));
          String next = found.size() > limit ? page.getLast().key().toString() : null;
          if (next != null) {
            NextLink.add(request, response, next);
          }
          return new StopsView(RangeView.of(asked), views(snapshot, page), next);
        });
  }

  @GetMapping(path = "/api/v1/stops/{id}", produces = "application/json")
  @Operation(
      operationId = "stop",
      summary = "One stop; its ETag is needed to say something of it",
      description =
          "If late data have moved its begin, the stop at that instant is answered, with the id"
              + " that it has now.")
  ResponseEntity<StopView> stop(@PathVariable String id) {
    StopKey key = StopKey.parse(id);
    return reader.ask(
        snapshot -> {
          FoundStop found = finder.one(snapshot, key);
          return ResponseEntity.ok()
              .eTag(found.tag(words.of(found.standing().machine(), found.stop().span())))
              .body(views(snapshot, List.of(found)).getFirst());
        });
  }

  @GetMapping(path = "/api/v1/stops/{id}/history", produces = "application/json")
  @Operation(
      operationId = "stopHistory",
      summary = "All that was said of the time of a stop: what, by whom, when, the latest first",
      description = "Also what was taken back, and that it was.")
  HistoryView history(@PathVariable String id) {
    StopKey key = StopKey.parse(id);
    return reader.ask(
        snapshot -> {
          FoundStop found = finder.one(snapshot, key);
          return StopViews.history(
              found, words.of(found.standing().machine(), found.stop().span()));
        });
  }

  /** Which stops are meant by parameters. */
  static Wanted wanted(
      @Nullable String category,
      @Nullable String reason,
      @Nullable Boolean reasonNeeded,
      double minSeconds) {
    if (!(minSeconds >= 0 && minSeconds <= MAX_SECONDS)) {
      throw new IllegalArgumentException("minSeconds must be 0 to 1e9, not " + minSeconds);
    }
    return new Wanted(
        category == null ? null : category(category),
        reason,
        reasonNeeded,
        Math.round(minSeconds * 1e6));
  }

  private List<StopView> views(Snapshot snapshot, List<FoundStop> stops) {
    Causes causes = new Causes(snapshot, scopes, stops);
    return stops.stream()
        .map(found -> StopViews.stop(snapshot, found, causes.of(found).orElse(null)))
        .toList();
  }

  private static TimeCategory category(String text) {
    return Arrays.stream(TimeCategory.values())
        .filter(one -> Scalars.lower(one).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "category must be one of %s, not '%s'"
                        .formatted(
                            Arrays.stream(TimeCategory.values())
                                .map(Scalars::lower)
                                .collect(Collectors.joining(", ")),
                            text)));
  }
}
