package io.linewright.ingest.app.align;

import io.linewright.ingest.aggregate.bound.Bound;
import io.linewright.ingest.aggregate.bound.ValueCursor;
import io.linewright.ingest.aggregate.config.AggregateConfiguration;
import io.linewright.ingest.app.answer.AggregateParameters;
import io.linewright.ingest.app.answer.AnswerForm;
import io.linewright.ingest.app.answer.Csv;
import io.linewright.ingest.app.answer.Parameters;
import io.linewright.ingest.app.answer.Rfc3339;
import io.linewright.ingest.app.answer.TimeRange;
import io.linewright.ingest.app.answer.Values;
import io.linewright.ingest.app.answer.View;
import io.linewright.ingest.app.answer.ViewParameters;
import io.linewright.ingest.app.history.Histories;
import io.linewright.ingest.app.history.Need;
import io.linewright.ingest.app.history.TagHistory;
import io.linewright.ingest.app.truth.Truth;
import io.linewright.ingest.app.truth.TruthParameter;
import io.linewright.model.equipment.TagKey;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@RestController
@Tag(name = "Samples")
class InstantController {

  /** Most tags times instants; each is looked up by itself. */
  static final int MAX_VALUES = 1_000;

  private static final int MAX_TAGS = 100;

  /** Documentation of a value. */
  record InstantView(
      String time, @Nullable Object value, long status, String statusName, List<String> info) {}

  /** Documentation of a tag's values. */
  record InstantSeries(
      String tag, String type, String unit, boolean stepped, List<InstantView> values) {}

  /** Documentation of the answer. */
  record InstantList(List<InstantSeries> series) {}

  /** Documentation of a question that comes as JSON; it is read as it was written. */
  record InstantQuery(
      @Nullable List<String> tag,
      @Nullable List<String> time,
      @Nullable String fill,
      @Nullable String unit,
      @Nullable String places,
      @Nullable String truth,
      @Nullable Boolean stepped,
      @Nullable Boolean treatUncertainAsBad,
      @Nullable Boolean useSlopedExtrapolation) {}

  private final Histories histories;
  private final JsonMapper json;

  InstantController(Histories histories, JsonMapper json) {
    this.histories = histories;
    this.json = json;
  }

  @GetMapping(path = "/api/v1/values-at")
  @ViewParameters
  @AggregateParameters
  @TruthParameter
  @Operation(
      operationId = "valuesAt",
      summary = "What tags had at given instants",
      description =
          "At most 1,000 values: tags times instants; for a grid of instants ask"
              + " /api/v1/aligned. fill: interpolated (from the nearest values that are not Bad),"
              + " simple (from the nearest), last-known (the last one, whatever comes after). As"
              + " JSON or, with Accept: text/csv, as CSV.",
      parameters = {
        @Parameter(
            name = "tag",
            in = ParameterIn.QUERY,
            required = true,
            description = "path%23name, at most 100 times",
            array = @ArraySchema(schema = @Schema(type = "string"))),
        @Parameter(
            name = "time",
            in = ParameterIn.QUERY,
            required = true,
            description = "an instant; several times",
            array = @ArraySchema(schema = @Schema(type = "string", format = "date-time"))),
        @Parameter(
            name = "fill",
            in = ParameterIn.QUERY,
            schema =
                @Schema(
                    type = "string",
                    allowableValues = {"interpolated", "simple", "last-known"},
                    defaultValue = "interpolated"))
      },
      responses =
          @ApiResponse(
              responseCode = "200",
              content = {
                @Content(
                    mediaType = "application/json",
                    schema = @Schema(implementation = InstantList.class)),
                @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
              }))
  void valuesAt(HttpServletRequest request, HttpServletResponse response) throws IOException {
    answer(new Parameters(request.getParameterMap()), AnswerForm.of(request), response);
  }

  @PostMapping(path = "/api/v1/values-at/query", consumes = "application/json")
  @Operation(
      operationId = "valuesAtOf",
      summary = "What up to 100 tags had at given instants, asked for as JSON",
      description =
          "As the GET request, for more names than fit a URL (8 KB with all headers). It changes"
              + " nothing; any role may. Its fields are the parameters of the GET request.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = "application/json",
                      schema = @Schema(implementation = InstantQuery.class))),
      responses =
          @ApiResponse(
              responseCode = "200",
              content = {
                @Content(
                    mediaType = "application/json",
                    schema = @Schema(implementation = InstantList.class)),
                @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
              }))
  void valuesAtOf(
      @RequestBody JsonNode query, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    answer(Parameters.of(query), AnswerForm.of(request), response);
  }

  private void answer(Parameters parameters, AnswerForm form, HttpServletResponse response)
      throws IOException {
    List<TagKey> tags = parameters.tags(MAX_TAGS);
    List<Long> instants = instants(parameters, tags.size());
    FillQuestion question = FillQuestion.of(parameters);
    List<TagHistory> found =
        histories.inTurn(tags, Truth.of(parameters), View.of(parameters), around(instants));
    form.announce(response);
    OutputStream body = response.getOutputStream();
    if (form == AnswerForm.JSON) {
      json(found, instants, question, json.createGenerator(body));
    } else {
      csv(found, instants, question, new Csv(body));
    }
  }

  private static List<Long> instants(Parameters parameters, int tags) {
    List<String> times = parameters.all("time");
    if (times.isEmpty()) {
      throw new IllegalArgumentException(
          "time is missing; write " + parameters.listed("time", "2026-01-31T06:00:00Z"));
    }
    int most = MAX_VALUES / tags;
    if (times.size() > most) {
      throw new IllegalArgumentException(
          "an answer has at most %d values; for %d tags that are %d instants, not %d. Ask /api/v1/aligned for a grid of instants, or in several requests"
              .formatted(MAX_VALUES, tags, most, times.size()));
    }
    return times.stream().map(time -> Rfc3339.parse("time", time)).toList();
  }

  private static TimeRange around(List<Long> instants) {
    return new TimeRange(Collections.min(instants), Collections.max(instants) + 1);
  }

  private static Bound value(TagHistory history, long micros, FillQuestion question) {
    AggregateConfiguration configuration = question.configuration(history.tag());
    Need need = Need.of(question.fill(), configuration);
    TimeRange instant = new TimeRange(micros, micros + 1);
    Bound bound =
        new ValueCursor(question.fill(), configuration, history.samples(instant, need)).at(micros);
    history.forget();
    return bound;
  }

  private static void json(
      List<TagHistory> found, List<Long> instants, FillQuestion question, JsonGenerator out) {
    out.writeStartObject();
    out.writeArrayPropertyStart("series");
    for (TagHistory history : found) {
      out.writeStartObject();
      out.writeStringProperty("tag", history.tag().key());
      out.writeStringProperty("type", history.tag().type().toString());
      out.writeStringProperty("unit", history.tag().unit());
      out.writeBooleanProperty("stepped", question.configuration(history.tag()).stepped());
      out.writeArrayPropertyStart("values");
      for (long instant : instants) {
        Bound bound = value(history, instant, question);
        out.writeStartObject();
        out.writeStringProperty("time", Rfc3339.format(bound.micros()));
        out.writeName("value");
        Values.write(out, bound.value());
        Values.writeStatus(out, bound.status());
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
    out.flush();
  }

  private static void csv(
      List<TagHistory> found, List<Long> instants, FillQuestion question, Csv out)
      throws IOException {
    out.line("tag", "time", "value", "status", "statusName", "info", "type", "unit");
    for (TagHistory history : found) {
      for (long instant : instants) {
        Bound bound = value(history, instant, question);
        out.field(history.tag().key())
            .field(Rfc3339.format(bound.micros()))
            .field(Values.text(bound.value()));
        Values.writeStatus(out, bound.status())
            .field(history.tag().type().toString())
            .field(history.tag().unit())
            .end();
      }
    }
    out.flush();
  }
}
