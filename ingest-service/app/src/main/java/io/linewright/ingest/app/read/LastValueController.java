package io.linewright.ingest.app.read;

import io.linewright.ingest.app.NextLink;
import io.linewright.ingest.app.answer.AnswerForm;
import io.linewright.ingest.app.answer.Csv;
import io.linewright.ingest.app.answer.Rfc3339;
import io.linewright.ingest.app.answer.Values;
import io.linewright.ingest.app.read.ShownValues.Shown;
import io.linewright.ingest.app.registry.Registry;
import io.linewright.ingest.app.registry.Series;
import io.linewright.ingest.app.registry.Tag;
import io.linewright.ingest.app.telemetry.FormerValues;
import io.linewright.ingest.app.telemetry.LastValue;
import io.linewright.ingest.app.telemetry.LastValueUpdate;
import io.linewright.ingest.app.telemetry.LastValues;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.equipment.TagName;
import io.linewright.model.unit.UcumUnit;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

@RestController
@io.swagger.v3.oas.annotations.tags.Tag(name = "Samples")
class LastValueController {

  private static final int MAX_TAGS = 1_000;

  /** Most values of a page. */
  private static final int MAX_LIMIT = 10_000;

  /** Bytes of an answer that gets a length; a longer one is sent while it is written. */
  private static final int SHORT_ANSWER = 64 * 1024;

  private static final String[] COLUMNS = {
    "tag",
    "time",
    "value",
    "status",
    "statusName",
    "ordinal",
    "gatewayTime",
    "ingestTime",
    "type",
    "unit",
    "role"
  };

  /** Documentation of a last value. */
  record LastValueView(
      String tag,
      String type,
      String unit,
      String role,
      String time,
      @Nullable Object value,
      long status,
      int ordinal,
      String gatewayTime,
      String ingestTime) {}

  /**
   * Documentation of the answer.
   *
   * @param unknown of tags that were named: those of which nothing is known
   * @param next with a limit: cursor of the next page; null on the last
   */
  record LastValueList(
      List<LastValueView> values, @Nullable List<String> unknown, @Nullable String next) {}

  /**
   * Which tags.
   *
   * @param tags each {@code path#name}, at most 1,000
   * @param unit UCUM code of the unit to convert to; missing: the newest unit of each tag
   */
  record LastValueQuery(@Nullable List<String> tags, @Nullable String unit) {}

  /**
   * What is answered.
   *
   * @param unknown names of which nothing is known; null: tags were not named
   * @param paged whether next is told, null on the last page
   */
  private record Answer(
      List<Shown> values, @Nullable List<String> unknown, boolean paged, @Nullable String next) {}

  private final Registry registry;
  private final ShownValues values;
  private final LastValueUpdate update;
  private final JsonMapper json;

  LastValueController(
      Registry registry,
      LastValues lastValues,
      FormerValues formerValues,
      LastValueUpdate update,
      JsonMapper json) {
    this.registry = registry;
    this.values = new ShownValues(lastValues, formerValues);
    this.update = update;
    this.json = json;
  }

  @GetMapping(path = "/api/v1/last-values")
  @Operation(
      operationId = "lastValues",
      summary = "Last value of many tags",
      description =
          "Either of named tags (?tag=path%23name, at most 1000 times) or of all tags below"
              + " ?equipment=; without both, of the whole plant. Ordered by tag; tags without a"
              + " value are left out. Names of which nothing is known are listed under unknown; if"
              + " nothing is known of any, 404. With unit= converted to it; tags of other quantities are"
              + " refused then. Without ?tag=, limit (1 to 10000) and cursor give pages, of which"
              + " all but the last have next and the header Link. As JSON or, with Accept:"
              + " text/csv, as CSV, in which a name of which nothing is known is a line with"
              + " nothing but the tag.",
      parameters =
          @Parameter(
              name = "tag",
              in = ParameterIn.QUERY,
              description = "path%23name, at most 1000 times; not together with equipment",
              array = @ArraySchema(schema = @Schema(type = "string"))),
      responses =
          @ApiResponse(
              responseCode = "200",
              content = {
                @Content(
                    mediaType = "application/json",
                    schema = @Schema(implementation = LastValueList.class)),
                @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
              }))
  void lastValues(
      @RequestParam(required = false) @Nullable String equipment,
      @RequestParam(required = false) @Nullable String unit,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    // Not a bound list: Spring would split names at commas.
    String[] named = request.getParameterValues("tag");
    AnswerForm form = AnswerForm.of(request);
    if (named != null && equipment != null) {
      throw new IllegalArgumentException(
          "tags that are named come without equipment; leave out tag or equipment");
    }
    String wanted = unit(unit);
    int most = limit(limit, cursor, named != null);
    update.ensure();
    registry.refresh();
    if (named != null) {
      write(form, named(Arrays.asList(named), wanted), response);
      return;
    }
    List<Shown> found = below(equipment, wanted, cursor, most);
    if (limit == null) {
      write(form, new Answer(found, null, false, null), response);
      return;
    }
    String next = found.size() > limit ? found.get(limit - 1).tag().key() : null;
    if (next != null) {
      NextLink.add(request, response, next);
    }
    List<Shown> page = found.subList(0, Math.min(limit, found.size()));
    write(form, new Answer(page, null, true, next), response);
  }

  /** Most values to look for: one more than a page has. */
  private static int limit(@Nullable Integer limit, @Nullable String cursor, boolean named) {
    if (limit == null && cursor == null) {
      return Integer.MAX_VALUE;
    }
    if (named) {
      throw new IllegalArgumentException(
          "tags that are named come at once; leave limit and cursor out");
    }
    if (limit == null) {
      throw new IllegalArgumentException("cursor goes on with pages; give the limit, too");
    }
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT + ", not " + limit);
    }
    return limit + 1;
  }

  @PostMapping(path = "/api/v1/last-values/query", consumes = "application/json")
  @Operation(
      operationId = "lastValuesOf",
      summary = "Last value of up to 1,000 named tags",
      description =
          "As the GET request, for more names than fit a URL (8 KB with all headers). It changes"
              + " nothing; any role may.",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = {
                @Content(
                    mediaType = "application/json",
                    schema = @Schema(implementation = LastValueList.class)),
                @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
              }))
  void lastValuesOf(
      @RequestBody LastValueQuery query, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    AnswerForm form = AnswerForm.of(request);
    List<String> tags = query.tags();
    if (tags == null || tags.stream().anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException(
          "tags is missing or has a null; write {\"tags\":[\"path#name\"]}");
    }
    String wanted = unit(query.unit());
    update.ensure();
    registry.refresh();
    write(form, named(tags, wanted), response);
  }

  private static @Nullable String unit(@Nullable String text) {
    return text == null ? null : UcumUnit.parse(text).code();
  }

  private void write(AnswerForm form, Answer answer, HttpServletResponse response)
      throws IOException {
    form.announce(response);
    response.setBufferSize(SHORT_ANSWER);
    if (form == AnswerForm.CSV) {
      csv(answer, new Csv(response.getOutputStream()));
    } else {
      json(answer, json.createGenerator(response.getOutputStream()));
    }
  }

  /** What fails on the way leaves the document open, and therefore unreadable. */
  private static void json(Answer answer, JsonGenerator out) {
    out.writeStartObject();
    out.writeArrayPropertyStart("values");
    for (Shown shown : answer.values()) {
      SampleJson.write(out, shown.tag(), shown.value());
    }
    out.writeEndArray();
    List<String> unknown = answer.unknown();
    if (unknown != null) {
      out.writeArrayPropertyStart("unknown");
      unknown.forEach(out::writeString);
      out.writeEndArray();
    }
    String next = answer.next();
    if (next != null) {
      out.writeStringProperty("next", next);
    } else if (answer.paged()) {
      out.writeNullProperty("next");
    }
    out.writeEndObject();
    out.close();
  }

  private static void csv(Answer answer, Csv out) throws IOException {
    out.line(COLUMNS);
    for (Shown shown : answer.values()) {
      Tag tag = shown.tag();
      LastValue value = shown.value();
      Values.write(out.field(tag.key()), value.sample())
          .field(Rfc3339.format(value.gatewayMicros()))
          .field(Rfc3339.format(value.ingestMicros()))
          .field(tag.type().toString())
          .field(tag.unit())
          .field(tag.role().toString())
          .end();
    }
    for (String name : Objects.requireNonNullElse(answer.unknown(), List.<String>of())) {
      out.field(name);
      for (int i = 1; i < COLUMNS.length; i++) {
        out.field(null);
      }
      out.end();
    }
    out.flush();
  }

  private List<Shown> below(
      @Nullable String equipment, @Nullable String unit, @Nullable String cursor, int most) {
    String path = equipment == null ? null : EquipmentPath.parse(equipment).toString();
    Stream<Series> wanted =
        registry.shown(null).stream()
            .filter(tag -> tag.under(path))
            .filter(tag -> cursor == null || tag.key().compareTo(cursor) > 0)
            .map(tag -> new TagKey(EquipmentPath.parse(tag.path()), new TagName(tag.name())))
            // Not there any more: its equipment has been moved in between
            .flatMap(key -> registry.inMemory(key).stream());
    return values.of(wanted.iterator(), unit, most);
  }

  private Answer named(List<String> names, @Nullable String unit) {
    if (names.size() > MAX_TAGS) {
      throw new IllegalArgumentException("at most " + MAX_TAGS + " tags can be named");
    }
    List<TagKey> keys = names.stream().distinct().sorted().map(TagKey::parse).toList();
    Map<TagKey, Series> known = registry.known(keys);
    List<TagKey> unknown = keys.stream().filter(key -> !known.containsKey(key)).toList();
    if (!unknown.isEmpty() && known.isEmpty()) {
      throw Registry.unknown(unknown.getFirst());
    }
    Iterator<Series> wanted =
        keys.stream().flatMap(key -> Stream.ofNullable(known.get(key))).iterator();
    List<Shown> found = values.of(wanted, unit, MAX_TAGS);
    return new Answer(found, unknown.stream().map(TagKey::toString).toList(), false, null);
  }
}
