package io.linewright.ingest.app.trend;

import io.linewright.ingest.aggregate.bound.ValueCursor.Fill;
import io.linewright.ingest.aggregate.config.AggregateConfiguration;
import io.linewright.ingest.aggregate.config.Stepping;
import io.linewright.ingest.app.answer.AnswerForm;
import io.linewright.ingest.app.answer.Csv;
import io.linewright.ingest.app.answer.Parameters;
import io.linewright.ingest.app.answer.RangeParameters;
import io.linewright.ingest.app.answer.TimeRange;
import io.linewright.ingest.app.answer.Values;
import io.linewright.ingest.app.answer.View;
import io.linewright.ingest.app.answer.ViewParameters;
import io.linewright.ingest.app.bulkhead.HeavyReads;
import io.linewright.ingest.app.history.Histories;
import io.linewright.ingest.app.history.Need;
import io.linewright.ingest.app.history.TagHistory;
import io.linewright.ingest.app.registry.Tag;
import io.linewright.ingest.app.rollup.RollupReader;
import io.linewright.ingest.app.trend.Trend.Method;
import io.linewright.ingest.app.truth.Truth;
import io.linewright.ingest.app.truth.TruthParameter;
import io.linewright.ingest.registry.SeriesPlan.Part;
import io.linewright.ingest.rollup.Level;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

@RestController
@io.swagger.v3.oas.annotations.tags.Tag(name = "Samples")
class TrendController {

  /** Documentation of a sample. */
  record TrendPoint(String time, @Nullable Object value, long status, int ordinal) {}

  /** Documentation of the answer. */
  record TrendView(
      String tag,
      String type,
      String unit,
      boolean stepped,
      String method,
      @Nullable TrendPoint before,
      List<TrendPoint> samples,
      @Nullable TrendPoint after) {}

  private static final int MAX_POINTS = 10_000;

  /** Any sample before and after. */
  private static final Need NEIGHBOURS = Need.of(Fill.SIMPLE, AggregateConfiguration.DEFAULT);

  private final Histories histories;
  private final RollupReader rollups;
  private final HeavyReads reads;
  private final JsonMapper json;

  TrendController(Histories histories, RollupReader rollups, HeavyReads reads, JsonMapper json) {
    this.histories = histories;
    this.rollups = rollups;
    this.reads = reads;
    this.json = json;
  }

  @GetMapping(path = "/api/v1/trends")
  @RangeParameters
  @ViewParameters
  @TruthParameter
  @Operation(
      operationId = "trend",
      summary = "Samples of one tag for a chart",
      description =
          "All samples (method raw) if there are not more than points and none has gone by"
              + " retention. Else by method: extremes,"
              + " first, last, least and greatest per pixel column and severity, so that neither a"
              + " peak nor a quality is lost, at most 12 per column; columns of four minutes, hours"
              + " or days and more are whole ones of UTC, so there may be fewer than points; or lttb, exactly points usable"
              + " ones chosen for the eye, and one for each gap between them. before and after are"
              + " the nearest samples outside of the range (JSON only). With Accept: text/csv as"
              + " CSV.",
      parameters = {
        @Parameter(
            name = "tag",
            in = ParameterIn.QUERY,
            required = true,
            description = "path%23name",
            schema = @Schema(type = "string")),
        @Parameter(
            name = "points",
            in = ParameterIn.QUERY,
            description = "width of the chart in pixels",
            schema =
                @Schema(type = "integer", minimum = "2", maximum = "10000", defaultValue = "1000")),
        @Parameter(
            name = "method",
            in = ParameterIn.QUERY,
            schema =
                @Schema(
                    type = "string",
                    allowableValues = {"extremes", "lttb"},
                    defaultValue = "extremes"))
      },
      responses =
          @ApiResponse(
              responseCode = "200",
              content = {
                @Content(
                    mediaType = "application/json",
                    schema = @Schema(implementation = TrendView.class)),
                @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
              }))
  void trend(HttpServletRequest request, HttpServletResponse response) throws IOException {
    AnswerForm form = AnswerForm.of(request);
    Parameters parameters = new Parameters(request.getParameterMap());
    TimeRange range = parameters.range();
    int points = parameters.whole("points", 1_000, 2, MAX_POINTS);
    Method method = parameters.choice("method", Method.class, Method.EXTREMES);
    Truth truth = Truth.of(parameters);
    TagHistory history =
        histories.inTurn(parameters.tags(1), truth, View.of(parameters), range).getFirst();
    check(method, history.tag());
    // Roll-ups are of what counts; what came is not rolled up.
    Optional<Trend> rolledUp =
        truth == Truth.EFFECTIVE ? ofRollups(history, range, points, method) : Optional.empty();
    Trend trend = rolledUp.orElseGet(() -> ofSamples(history, range, points, method));
    OutputStream body = response.getOutputStream();
    if (form == AnswerForm.CSV) {
      form.announce(response);
      csv(history.tag(), trend, new Csv(body));
    } else {
      List<Sample> before = history.before(range.fromMicros(), NEIGHBOURS);
      form.announce(response);
      JsonGenerator out = json.createGenerator(body);
      begin(out, history.tag(), trend.method());
      out.writeName("before");
      writeOrNull(out, before.isEmpty() ? null : before.getLast());
      out.writeArrayPropertyStart("samples");
      trend.samples().forEachRemaining(sample -> Values.write(out, sample));
      out.writeEndArray();
      List<Sample> after = history.after(range.toMicros(), NEIGHBOURS);
      out.writeName("after");
      writeOrNull(out, after.isEmpty() ? null : after.getFirst());
      out.writeEndObject();
      out.flush();
    }
  }

  private static Trend ofSamples(TagHistory history, TimeRange range, int points, Method method) {
    return areTexts(history.tag().type())
        ? Trend.ofTexts(range, points, () -> history.samples(range))
        : Trend.of(range, points, method, history.samples(range));
  }

  private static boolean areTexts(DataType type) {
    return type == DataType.STRING || type == DataType.BYTES;
  }

  /** Wide columns out of roll-ups: the same samples, sooner; also of days that have gone. */
  private Optional<Trend> ofRollups(
      TagHistory history, TimeRange range, int points, Method method) {
    Columns columns = Columns.of(range, points);
    boolean texts = areTexts(history.tag().type());
    if (method != Method.EXTREMES || texts || columns.level().isEmpty()) {
      return Optional.empty();
    }
    Level level = columns.level().get();
    HeavyReads.Answer answer = reads.answer();
    List<RolledUp> found = new ArrayList<>();
    for (Part part : history.parts()) {
      long from = Math.max(range.fromMicros(), part.piece().fromMicros());
      long to = Math.min(range.toMicros(), part.piece().toMicros());
      if (from < to) {
        found.add(
            answer.read(
                () ->
                    rollups.read(
                        part.piece().tagId(),
                        level,
                        from,
                        to,
                        thinned -> RolledUp.of(range, columns, thinned, part.mapping()))));
      }
    }
    return Trend.of(range, columns, points, found);
  }

  private static void check(Method method, Tag tag) {
    if (method == Method.RAW) {
      throw new IllegalArgumentException(
          "method must be extremes or lttb; for all samples ask /api/v1/samples");
    }
    if (method == Method.LTTB && areTexts(tag.type())) {
      throw new IllegalArgumentException(
          "method lttb needs numbers, but %s is of type %s; ask for method=extremes"
              .formatted(tag.key(), tag.type()));
    }
  }

  private static void begin(JsonGenerator out, Tag tag, Method method) {
    out.writeStartObject();
    out.writeStringProperty("tag", tag.key());
    out.writeStringProperty("type", tag.type().toString());
    out.writeStringProperty("unit", tag.unit());
    out.writeBooleanProperty("stepped", Stepping.byDefault(tag.type(), tag.role()));
    out.writeStringProperty("method", Parameters.text(method));
  }

  private static void writeOrNull(JsonGenerator out, @Nullable Sample sample) {
    if (sample == null) {
      out.writeNull();
    } else {
      Values.write(out, sample);
    }
  }

  private static void csv(Tag tag, Trend trend, Csv out) throws IOException {
    out.line("tag", "time", "value", "status", "statusName", "ordinal", "type", "unit");
    Iterator<Sample> samples = trend.samples();
    String key = tag.key();
    String type = tag.type().toString();
    while (samples.hasNext()) {
      Values.write(out.field(key), samples.next()).field(type).field(tag.unit()).end();
    }
    out.flush();
  }
}
