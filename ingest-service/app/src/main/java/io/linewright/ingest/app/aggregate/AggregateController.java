package io.linewright.ingest.app.aggregate;

import io.linewright.ingest.aggregate.AggregateValue;
import io.linewright.ingest.aggregate.Aggregates;
import io.linewright.ingest.aggregate.config.Aggregate;
import io.linewright.ingest.aggregate.config.AggregateConfiguration;
import io.linewright.ingest.app.annotation.AnnotationTimes;
import io.linewright.ingest.app.answer.AggregateParameters;
import io.linewright.ingest.app.answer.AnswerForm;
import io.linewright.ingest.app.answer.Csv;
import io.linewright.ingest.app.answer.Parameters;
import io.linewright.ingest.app.answer.RangeParameters;
import io.linewright.ingest.app.answer.TimeRange;
import io.linewright.ingest.app.answer.View;
import io.linewright.ingest.app.answer.ViewParameters;
import io.linewright.ingest.app.bulkhead.HeavyReads;
import io.linewright.ingest.app.history.Histories;
import io.linewright.ingest.app.history.Need;
import io.linewright.ingest.app.history.TagHistory;
import io.linewright.ingest.app.truth.Truth;
import io.linewright.ingest.app.truth.TruthParameter;
import io.linewright.ingest.bucket.Bucket;
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
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@RestController
@Tag(name = "Samples")
class AggregateController {

  /** Documentation of a value. */
  record AggregateView(
      @Nullable Object value,
      String time,
      long status,
      String statusName,
      List<String> info,
      double percentGood) {}

  /** Documentation of a bucket; the names of values are those of the aggregates. */
  record BucketView(String start, String end, Map<String, AggregateView> values) {}

  /** Documentation of a tag's buckets. */
  record AggregateSeries(
      String tag, String type, String unit, boolean stepped, List<BucketView> buckets) {}

  /**
   * Documentation of the answer.
   *
   * @param zone of the calendar; missing without one
   */
  record AggregateList(@Nullable String zone, List<AggregateSeries> series) {}

  /** Documentation of a question that comes as JSON; it is read as it was written. */
  record AggregateQuery(
      @Nullable List<String> tag,
      @Nullable List<String> aggregate,
      @Nullable String from,
      @Nullable String to,
      @Nullable String width,
      @Nullable String origin,
      @Nullable String calendar,
      @Nullable String zone,
      @Nullable String unit,
      @Nullable String places,
      @Nullable String truth,
      @Nullable Boolean stepped,
      @Nullable Boolean treatUncertainAsBad,
      @Nullable Boolean useSlopedExtrapolation,
      @Nullable Integer percentDataBad,
      @Nullable Integer percentDataGood) {}

  private final Histories histories;
  private final AggregatePlanner planner;
  private final AnnotationTimes annotations;
  private final ZoneId site;
  private final JsonMapper json;

  AggregateController(
      Histories histories,
      DataSource dataSource,
      HeavyReads reads,
      AnnotationTimes annotations,
      ZoneId site,
      JsonMapper json) {
    this.histories = histories;
    this.planner = new AggregatePlanner(new RollupTotals(dataSource), reads);
    this.annotations = annotations;
    this.site = site;
    this.json = json;
  }

  @GetMapping(path = "/api/v1/aggregates")
  @RangeParameters
  @ViewParameters
  @AggregateParameters
  @TruthParameter
  @Operation(
      operationId = "aggregates",
      summary = "Aggregates of OPC UA part 13 per bucket of time",
      description =
          "Buckets either of one width (width=PT1M, counted from origin, else from 1970-01-01Z) or"
              + " of a calendar (calendar=day, week or month, zone=Europe/Vienna, without it the"
              + " zone of the site, as the answer tells); the first and"
              + " the last are cut at from and to. At most 100,000 values: buckets times aggregates"
              + " times tags. Where roll-ups determine a bucket no samples are read; if more than"
              + " 5,000,000 would have to be for all tags and aggregates together, the answer is 400"
              + " too-many-samples. As JSON or, with Accept: text/csv, as CSV.",
      parameters = {
        @Parameter(
            name = "tag",
            in = ParameterIn.QUERY,
            required = true,
            description = "path%23name, at most 100 times",
            array = @ArraySchema(schema = @Schema(type = "string"))),
        @Parameter(
            name = "aggregate",
            in = ParameterIn.QUERY,
            required = true,
            description = "name in the standard, such as Average; several times",
            array = @ArraySchema(schema = @Schema(type = "string"))),
        @Parameter(
            name = "width",
            in = ParameterIn.QUERY,
            description = "duration of ISO 8601, weeks as P1W included",
            schema = @Schema(type = "string")),
        @Parameter(
            name = "origin",
            in = ParameterIn.QUERY,
            description = "an instant at which a bucket begins",
            schema = @Schema(type = "string", format = "date-time")),
        @Parameter(
            name = "calendar",
            in = ParameterIn.QUERY,
            schema =
                @Schema(
                    type = "string",
                    allowableValues = {"day", "week", "month"})),
        @Parameter(
            name = "zone",
            in = ParameterIn.QUERY,
            description = "IANA time zone of the calendar; without it that of the site",
            schema = @Schema(type = "string")),
        @Parameter(
            name = "percentDataBad",
            in = ParameterIn.QUERY,
            schema =
                @Schema(type = "integer", minimum = "0", maximum = "100", defaultValue = "100")),
        @Parameter(
            name = "percentDataGood",
            in = ParameterIn.QUERY,
            schema =
                @Schema(type = "integer", minimum = "0", maximum = "100", defaultValue = "100"))
      },
      responses =
          @ApiResponse(
              responseCode = "200",
              content = {
                @Content(
                    mediaType = "application/json",
                    schema = @Schema(implementation = AggregateList.class)),
                @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
              }))
  void aggregates(HttpServletRequest request, HttpServletResponse response) throws IOException {
    answer(new Parameters(request.getParameterMap()), AnswerForm.of(request), response);
  }

  @PostMapping(path = "/api/v1/aggregates/query", consumes = "application/json")
  @Operation(
      operationId = "aggregatesOf",
      summary = "Aggregates of up to 100 tags, asked for as JSON",
      description =
          "As the GET request, for more names than fit a URL (8 KB with all headers). It changes"
              + " nothing; any role may. Its fields are the parameters of the GET request.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = "application/json",
                      schema = @Schema(implementation = AggregateQuery.class))),
      responses =
          @ApiResponse(
              responseCode = "200",
              content = {
                @Content(
                    mediaType = "application/json",
                    schema = @Schema(implementation = AggregateList.class)),
                @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
              }))
  void aggregatesOf(
      @RequestBody JsonNode query, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    answer(Parameters.of(query), AnswerForm.of(request), response);
  }

  private void answer(Parameters parameters, AnswerForm form, HttpServletResponse response)
      throws IOException {
    AggregateQuestion question = AggregateQuestion.of(parameters, site);
    Truth truth = Truth.of(parameters);
    List<TagHistory> found =
        histories.inTurn(question.tags(), truth, View.of(parameters), question.range());
    found.forEach(history -> question.check(history.tag()));
    List<AggregatePlan> plans = planner.plans(question, found, truth);
    form.announce(response);
    OutputStream body = response.getOutputStream();
    AggregateAnswer answer =
        form == AnswerForm.JSON
            ? new AggregateJson(json.createGenerator(body), question.zone())
            : new AggregateCsv(new Csv(body));
    for (int i = 0; i < found.size(); i++) {
      write(question, found.get(i), plans.get(i), answer);
      found.get(i).forget();
    }
    answer.end();
  }

  /** All aggregates bucket by bucket, so that they walk side by side. */
  private void write(
      AggregateQuestion question, TagHistory history, AggregatePlan plan, AggregateAnswer answer)
      throws IOException {
    AggregateConfiguration configuration = question.configuration(history.tag());
    TimeRange range = question.range();
    List<Iterator<AggregateValue>> runs = new ArrayList<>();
    for (Aggregate aggregate : question.aggregates()) {
      runs.add(
          aggregate == Aggregate.ANNOTATION_COUNT
              ? annotationCount(question, history)
              : plan.run(aggregate));
    }
    answer.tag(history.tag(), configuration.stepped());
    Iterator<Bucket> buckets = question.buckets().between(range.fromMicros(), range.toMicros());
    while (buckets.hasNext()) {
      List<AggregateValue> values = runs.stream().map(Iterator::next).toList();
      answer.bucket(buckets.next(), question.aggregates(), values);
    }
    answer.endTag();
  }

  private Iterator<AggregateValue> annotationCount(AggregateQuestion question, TagHistory history) {
    AggregateConfiguration configuration = question.configuration(history.tag());
    TimeRange range = question.range();
    return Aggregates.annotationCount(
        configuration,
        question.buckets().between(range.fromMicros(), range.toMicros()),
        history.samples(range, Need.of(Aggregate.DURATION_GOOD, configuration)),
        annotations.of(history.parts(), range).stream().mapToLong(Long::longValue).iterator());
  }
}
