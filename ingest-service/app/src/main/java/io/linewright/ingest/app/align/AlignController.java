package io.linewright.ingest.app.align;

import io.linewright.ingest.aggregate.bound.Bound;
import io.linewright.ingest.align.AlignedRow;
import io.linewright.ingest.align.AlignedTag;
import io.linewright.ingest.align.Alignment;
import io.linewright.ingest.app.answer.AggregateParameters;
import io.linewright.ingest.app.answer.AnswerForm;
import io.linewright.ingest.app.answer.Csv;
import io.linewright.ingest.app.answer.Parameters;
import io.linewright.ingest.app.answer.RangeParameters;
import io.linewright.ingest.app.answer.Rfc3339;
import io.linewright.ingest.app.answer.Values;
import io.linewright.ingest.app.answer.View;
import io.linewright.ingest.app.answer.ViewParameters;
import io.linewright.ingest.app.history.Histories;
import io.linewright.ingest.app.history.Need;
import io.linewright.ingest.app.history.TagHistory;
import io.linewright.ingest.app.truth.Truth;
import io.linewright.ingest.app.truth.TruthParameter;
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
import java.util.ArrayList;
import java.util.Iterator;
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
class AlignController {

  /** Documentation of a row: one value and one status for each tag, in their order. */
  record AlignedRowView(String time, List<@Nullable Object> values, List<Long> status) {}

  /** Documentation of a tag. */
  record AlignedTagView(String tag, String type, String unit, boolean stepped) {}

  /** Documentation of the answer. */
  record AlignedTable(
      List<AlignedTagView> tags, List<AlignedRowView> rows, @Nullable String next) {}

  /** Documentation of a question that comes as JSON; it is read as it was written. */
  record AlignedQuery(
      @Nullable List<String> tag,
      @Nullable String from,
      @Nullable String to,
      @Nullable String step,
      @Nullable String axis,
      @Nullable Integer limit,
      @Nullable String fill,
      @Nullable String unit,
      @Nullable String places,
      @Nullable String truth,
      @Nullable Boolean stepped,
      @Nullable Boolean treatUncertainAsBad,
      @Nullable Boolean useSlopedExtrapolation) {}

  private final Histories histories;
  private final JsonMapper json;

  AlignController(Histories histories, JsonMapper json) {
    this.histories = histories;
    this.json = json;
  }

  @GetMapping(path = "/api/v1/aligned")
  @RangeParameters
  @ViewParameters
  @AggregateParameters
  @TruthParameter
  @Operation(
      operationId = "aligned",
      summary = "Several tags side by side on one axis of time",
      description =
          "The axis is either a grid (step=PT10S, from the begin on) or the union of the instants"
              + " at which the tags have samples (axis=union); of it at most limit rows come, and"
              + " next is the time to go on from. At most 100,000 values: rows times tags. fill as"
              + " in /api/v1/values-at. As JSON or, with Accept: text/csv, as CSV with two columns"
              + " for each tag, value and status, and behind them type and unit of each.",
      parameters = {
        @Parameter(
            name = "tag",
            in = ParameterIn.QUERY,
            required = true,
            description = "path%23name, at most 50 times",
            array = @ArraySchema(schema = @Schema(type = "string"))),
        @Parameter(
            name = "step",
            in = ParameterIn.QUERY,
            description = "duration of ISO 8601",
            schema = @Schema(type = "string")),
        @Parameter(
            name = "axis",
            in = ParameterIn.QUERY,
            schema =
                @Schema(
                    type = "string",
                    allowableValues = {"union"})),
        @Parameter(
            name = "limit",
            in = ParameterIn.QUERY,
            description = "most rows of the union; not together with step",
            schema = @Schema(type = "integer", minimum = "1", defaultValue = "1000")),
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
                    schema = @Schema(implementation = AlignedTable.class)),
                @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
              }))
  void aligned(HttpServletRequest request, HttpServletResponse response) throws IOException {
    answer(new Parameters(request.getParameterMap()), AnswerForm.of(request), response);
  }

  @PostMapping(path = "/api/v1/aligned/query", consumes = "application/json")
  @Operation(
      operationId = "alignedOf",
      summary = "Up to 50 tags side by side, asked for as JSON",
      description =
          "As the GET request, for more names than fit a URL (8 KB with all headers). It changes"
              + " nothing; any role may. Its fields are the parameters of the GET request.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = "application/json",
                      schema = @Schema(implementation = AlignedQuery.class))),
      responses =
          @ApiResponse(
              responseCode = "200",
              content = {
                @Content(
                    mediaType = "application/json",
                    schema = @Schema(implementation = AlignedTable.class)),
                @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
              }))
  void alignedOf(
      @RequestBody JsonNode query, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    answer(Parameters.of(query), AnswerForm.of(request), response);
  }

  private void answer(Parameters parameters, AnswerForm form, HttpServletResponse response)
      throws IOException {
    AlignQuestion question = AlignQuestion.of(parameters);
    List<TagHistory> found =
        histories.sideBySide(
            question.tags(), Truth.of(parameters), View.of(parameters), question.range());
    Iterator<AlignedRow> rows = rows(question, found);
    form.announce(response);
    OutputStream body = response.getOutputStream();
    if (form == AnswerForm.JSON) {
      json(question, found, rows, json.createGenerator(body));
    } else {
      csv(question, found, rows, new Csv(body));
    }
  }

  private static Iterator<AlignedRow> rows(AlignQuestion question, List<TagHistory> found) {
    List<AlignedTag> tags = found.stream().map(history -> tag(question, history)).toList();
    return question.union()
        ? new Within(Alignment.union(tags), question.range())
        : Alignment.onto(question.instants(), tags);
  }

  private static AlignedTag tag(AlignQuestion question, TagHistory history) {
    var configuration = question.fill().configuration(history.tag());
    Need need = Need.of(question.fill().fill(), configuration);
    return new AlignedTag(
        history.samples(question.range(), need), question.fill().fill(), configuration);
  }

  private static void json(
      AlignQuestion question,
      List<TagHistory> found,
      Iterator<AlignedRow> rows,
      JsonGenerator out) {
    out.writeStartObject();
    out.writeArrayPropertyStart("tags");
    for (TagHistory history : found) {
      out.writeStartObject();
      out.writeStringProperty("tag", history.tag().key());
      out.writeStringProperty("type", history.tag().type().toString());
      out.writeStringProperty("unit", history.tag().unit());
      out.writeBooleanProperty("stepped", question.fill().configuration(history.tag()).stepped());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeArrayPropertyStart("rows");
    for (int i = 0; i < question.limit() && rows.hasNext(); i++) {
      AlignedRow row = rows.next();
      out.writeStartObject();
      out.writeStringProperty("time", Rfc3339.format(row.micros()));
      out.writeArrayPropertyStart("values");
      row.values().forEach(bound -> Values.write(out, bound.value()));
      out.writeEndArray();
      out.writeArrayPropertyStart("status");
      row.values().forEach(bound -> out.writeNumber(Values.number(bound.status())));
      out.writeEndArray();
      out.writeEndObject();
    }
    out.writeEndArray();
    if (rows.hasNext()) {
      out.writeStringProperty("next", Rfc3339.format(rows.next().micros()));
    } else {
      out.writeNullProperty("next");
    }
    out.writeEndObject();
    out.flush();
  }

  private static void csv(
      AlignQuestion question, List<TagHistory> found, Iterator<AlignedRow> rows, Csv out)
      throws IOException {
    out.field("time");
    for (TagHistory history : found) {
      out.field(history.tag().key()).field(history.tag().key() + " status");
    }
    List<String> behind = new ArrayList<>();
    for (TagHistory history : found) {
      out.field(history.tag().key() + " type").field(history.tag().key() + " unit");
      behind.add(history.tag().type().toString());
      behind.add(history.tag().unit());
    }
    out.end();
    for (int i = 0; i < question.limit() && rows.hasNext(); i++) {
      AlignedRow row = rows.next();
      out.field(Rfc3339.format(row.micros()));
      for (Bound bound : row.values()) {
        out.field(Values.text(bound.value())).field(Values.number(bound.status()));
      }
      behind.forEach(out::field);
      out.end();
    }
    out.flush();
  }
}
