package io.linewright.ingest.app.read;

import io.linewright.ingest.app.NextLink;
import io.linewright.ingest.app.answer.AnswerForm;
import io.linewright.ingest.app.answer.Parameters;
import io.linewright.ingest.app.answer.Rfc3339;
import io.linewright.ingest.app.answer.TimeRange;
import io.linewright.ingest.app.answer.View;
import io.linewright.ingest.app.answer.ViewParameters;
import io.linewright.ingest.app.registry.Registry;
import io.linewright.ingest.app.registry.Series;
import io.linewright.ingest.app.truth.CorrectionViews.CorrectionView;
import io.linewright.ingest.app.truth.Truth;
import io.linewright.ingest.page.PageCursor;
import io.linewright.ingest.page.PageCursor.Newest;
import io.linewright.ingest.page.PageCursor.Pin;
import io.linewright.ingest.page.PageCursor.Question;
import io.linewright.ingest.page.PageCursor.Shown;
import io.linewright.ingest.registry.Piece;
import io.linewright.ingest.registry.SeriesPlan;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.telemetry.SampleStream;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@RestController
@io.swagger.v3.oas.annotations.tags.Tag(name = "Samples", description = "Values over time")
class SampleController {

  /** Most samples in one answer. */
  static final int MAX_LIMIT = 50_000;

  /** Most samples in one binary answer. */
  static final int MAX_BULK = 5_000_000;

  private static final int DEFAULT_LIMIT = 1_000;

  /** Documentation of a sample; the answer is written by hand, quickly. */
  record SampleView(
      String time,
      @Nullable Object value,
      long status,
      int ordinal,
      String gatewayTime,
      String ingestTime,
      @Nullable Integer version,
      @Nullable List<CorrectionView> corrections) {}

  /**
   * Documentation of a version: what the values are from an instant on.
   *
   * @param from null: since ever
   * @param shownIn the unit in which its values are shown here
   */
  record VersionView(
      int version, @Nullable String from, String type, String unit, String shownIn) {}

  /** Documentation of the answer. */
  record SamplePage(
      String tag,
      String type,
      String unit,
      @Nullable List<VersionView> versions,
      List<SampleView> samples,
      @Nullable String next) {}

  private final Registry registry;
  private final SampleQuery query;
  private final SamplePageWriter writer;
  private final InstantSource clock;

  SampleController(Registry registry, SampleQuery query, JsonMapper json, InstantSource clock) {
    this.registry = registry;
    this.query = query;
    this.writer = new SamplePageWriter(json);
    this.clock = clock;
  }

  @GetMapping(path = "/api/v1/samples")
  @ViewParameters
  @Operation(
      operationId = "samples",
      summary = "Samples of one tag, oldest first",
      description =
          "tag is path#name (# as %23). from is included, to is not; without them the last hour,"
              + " with to alone the hour before it."
              + " limit is 1 to 50000. A cursor stands for the whole question of its first page, and"
              + " shows only what was stored before that page was asked for; tag, from, to,"
              + " truth, places and unit may be left out with it, and are refused if they differ."
              + " status is the OPC UA status code as unsigned number; value is null if there was"
              + " none, Base64 for bytes, and the text NaN, Infinity or -Infinity for doubles that"
              + " are no number. If type or unit of the tag have changed within the range, versions"
              + " says when, and each sample has its version; what can be converted to the wanted"
              + " or newest unit is, on all pages to that of the first. truth is effective (with all"
              + " corrections that were made before"
              + " the first page; both gatewayTime and ingestTime of a corrected value tell when it"
              + " was corrected) or raw (as samples were stored). corrections=true shows with each"
              + " sample what has been said of it, at most 20 corrections, the latest first. With"
              + " Accept: text/csv as CSV, without corrections; the next page is in the header Link"
              + " then. With Accept: application/vnd.linewright.samples+protobuf as a stream of all"
              + " samples of the range for programs (samples.proto of the common model), without"
              + " corrections; limit is 1 to 5000000 and by default the highest, and the end of the"
              + " stream says how many samples it has and, if there are more, the cursor to go on"
              + " with. A stream without its end was broken off.",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = {
                @Content(
                    mediaType = "application/json",
                    schema = @Schema(implementation = SamplePage.class)),
                @Content(mediaType = "text/csv", schema = @Schema(type = "string")),
                @Content(
                    mediaType = SampleStream.MEDIA_TYPE,
                    schema = @Schema(type = "string", format = "binary"))
              }))
  void samples(
      @RequestParam(required = false) @Nullable String tag,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @Parameter(schema = @Schema(type = "integer", format = "int32", defaultValue = "1000"))
          @RequestParam(name = "limit", required = false)
          @Nullable Integer wantedLimit,
      @RequestParam(required = false) @Nullable String cursor,
      @Parameter(
              schema =
                  @Schema(
                      type = "string",
                      allowableValues = {"effective", "raw"},
                      defaultValue = "effective"))
          @RequestParam(required = false)
          @Nullable String truth,
      @RequestParam(defaultValue = "false") boolean corrections,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    AnswerForm form = AnswerForm.ofSamples(request);
    int limit = limit(form, wantedLimit);
    if (corrections && form != AnswerForm.JSON) {
      throw new IllegalArgumentException(
          "corrections=true is for JSON; without it samples come as CSV or binary");
    }
    Truth wanted = truth == null ? null : Parameters.choice("truth", truth, Truth.class);
    Parameters parameters = new Parameters(request.getParameterMap());
    View view = View.of(parameters);
    registry.refresh();
    PageCursor after =
        cursor == null
            ? begin(tag, from, to, new Shown(view.asWas(), view.unit(), wanted == Truth.RAW))
            : resumed(cursor, tag, from, to, wanted);
    Question question = after.question();
    if (cursor != null) {
      check(question.shown(), view, parameters);
    }
    ListedSamples found =
        new ListedSamples(
            query,
            registry.series(TagKey.parse(question.tag()), question.shown().asWas()),
            question);
    // A binary answer tells at its end what is next: nothing is read twice for it.
    String next =
        form == AnswerForm.BINARY
            ? null
            : found.next(after, limit).map(PageCursor::encode).orElse(null);
    if (next != null) {
      NextLink.add(request, response, next);
    }
    form.announce(response);
    writer.write(
        form,
        new SamplePageWriter.Order(found, after, limit, corrections, next),
        response.getOutputStream());
  }

  private static int limit(AnswerForm form, @Nullable Integer wanted) {
    boolean bulk = form == AnswerForm.BINARY;
    int most = bulk ? MAX_BULK : MAX_LIMIT;
    int limit = wanted != null ? wanted : bulk ? MAX_BULK : DEFAULT_LIMIT;
    if (limit < 1 || limit > most) {
      throw new IllegalArgumentException("limit must be 1 to " + most + ", not " + limit);
    }
    return limit;
  }

  private PageCursor begin(
      @Nullable String tag, @Nullable String from, @Nullable String to, Shown shown) {
    if (tag == null) {
      throw new IllegalArgumentException("tag is missing: path#name, with # as %23");
    }
    TagKey key = TagKey.parse(tag);
    long now = clock.millis() * 1_000;
    long toMicros = to == null ? now + 86_400_000_000L : Rfc3339.parse("to", to);
    long fromMicros =
        from == null ? (to == null ? now : toMicros) - 3_600_000_000L : Rfc3339.parse("from", from);
    TimeRange range = TimeRange.of(fromMicros, toMicros);
    Series series = registry.series(key, shown.asWas());
    SeriesPlan plan = series.list(range.fromMicros(), range.toMicros(), shown.unit());
    Piece last = plan.parts().getLast().piece();
    List<Pin> pins =
        shown.raw() ? List.of() : query.pins(series, range.fromMicros(), range.toMicros());
    return PageCursor.begin(
        new Question(
            key.toString(),
            shown,
            shown.unit() == null ? new Newest(plan.unit(), last.isNumber()) : null,
            last.fromMicros(),
            range.fromMicros(),
            range.toMicros(),
            query.upTo(),
            pins));
  }

  private static PageCursor resumed(
      String text,
      @Nullable String tag,
      @Nullable String from,
      @Nullable String to,
      @Nullable Truth truth) {
    PageCursor cursor = PageCursor.decode(text);
    Question begun = cursor.question();
    if (tag != null && !tag.equals(begun.tag())) {
      throw new IllegalArgumentException(
          "the cursor belongs to tag %s, not to %s: begin without cursor"
              .formatted(begun.tag(), tag));
    }
    if (truth != null && (truth == Truth.RAW) != begun.shown().raw()) {
      throw new IllegalArgumentException(
          "the cursor belongs to truth=%s: begin without cursor"
              .formatted(begun.shown().raw() ? "raw" : "effective"));
    }
    boolean sameRange =
        (from == null || Rfc3339.parse("from", from) == begun.fromMicros())
            && (to == null || Rfc3339.parse("to", to) == begun.toMicros());
    if (!sameRange) {
      throw new IllegalArgumentException(
          "the cursor belongs to the range %s to %s: begin without cursor for another"
              .formatted(Rfc3339.format(begun.fromMicros()), Rfc3339.format(begun.toMicros())));
    }
    return cursor;
  }

  /** What is asked for again beside a cursor must be what it belongs to. */
  private static void check(Shown begun, View view, Parameters parameters) {
    if (parameters.one("places") != null && view.asWas() != begun.asWas()) {
      throw new IllegalArgumentException(
          "the cursor belongs to places=%s: begin without cursor"
              .formatted(begun.asWas() ? "as-was" : "as-is"));
    }
    if (view.unit() != null && !view.unit().equals(begun.unit())) {
      throw new IllegalArgumentException(
          "the cursor belongs to %s: begin without cursor"
              .formatted(begun.unit() == null ? "the newest unit" : "unit=" + begun.unit()));
    }
  }
}
