package io.linewright.ingest.app.read;

import io.linewright.ingest.app.NextLink;
import io.linewright.ingest.app.read.ShownValues.Shown;
import io.linewright.ingest.app.registry.Registry;
import io.linewright.ingest.app.telemetry.FormerValues;
import io.linewright.ingest.app.telemetry.LastValueUpdate;
import io.linewright.ingest.app.telemetry.LastValues;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.equipment.TagName;
import io.linewright.model.unit.UcumUnit;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
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
   * @param next with a limit: cursor of the next page; null on the last
   */
  record LastValueList(List<LastValueView> values, @Nullable String next) {}

  /**
   * Which tags.
   *
   * @param tags each {@code path#name}, at most 1,000
   * @param unit UCUM code of the unit to convert to; missing: the newest unit of each tag
   */
  record LastValueQuery(@Nullable List<String> tags, @Nullable String unit) {}

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
    this.values = new ShownValues(registry, lastValues, formerValues);
    this.update = update;
    this.json = json;
  }

  @GetMapping(path = "/api/v1/last-values", produces = "application/json")
  @Operation(
      operationId = "lastValues",
      summary = "Last value of many tags",
      description =
          "Either of named tags (?tag=path%23name, at most 1000 times) or of all tags below"
              + " ?equipment=; without both, of the whole plant. Ordered by tag; tags without a"
              + " value are left out. With unit= converted to it; tags of other quantities are"
              + " refused then. Without ?tag=, limit (1 to 10000) and cursor give pages, of which"
              + " all but the last have next and the header Link.",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = LastValueList.class))))
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
    String wanted = unit(unit);
    int most = limit(limit, cursor, named != null);
    update.ensure();
    registry.refresh();
    if (named != null) {
      write(named(Arrays.asList(named), wanted), response);
      return;
    }
    List<Shown> found = below(equipment, wanted, cursor, most);
    if (limit == null) {
      write(found, response);
      return;
    }
    String next = found.size() > limit ? found.get(limit - 1).tag().key() : null;
    if (next != null) {
      NextLink.add(request, response, next);
    }
    JsonGenerator out = begin(found.subList(0, Math.min(limit, found.size())), response);
    if (next == null) {
      out.writeNullProperty("next");
    } else {
      out.writeStringProperty("next", next);
    }
    end(out);
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

  @PostMapping(
      path = "/api/v1/last-values/query",
      consumes = "application/json",
      produces = "application/json")
  @Operation(
      operationId = "lastValuesOf",
      summary = "Last value of up to 1,000 named tags",
      description =
          "As the GET request, for more names than fit a URL (8 KB with all headers). It changes"
              + " nothing; any role may.",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = LastValueList.class))))
  void lastValuesOf(@RequestBody LastValueQuery query, HttpServletResponse response)
      throws IOException {
    List<String> tags = query.tags();
    if (tags == null || tags.stream().anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException(
          "tags is missing or has a null; write {\"tags\":[\"path#name\"]}");
    }
    String wanted = unit(query.unit());
    update.ensure();
    registry.refresh();
    write(named(tags, wanted), response);
  }

  private static @Nullable String unit(@Nullable String text) {
    return text == null ? null : UcumUnit.parse(text).code();
  }

  private void write(List<Shown> found, HttpServletResponse response) throws IOException {
    end(begin(found, response));
  }

  /** What fails on the way leaves the document open, and therefore unreadable. */
  private JsonGenerator begin(List<Shown> found, HttpServletResponse response) throws IOException {
    response.setContentType("application/json");
    response.setBufferSize(SHORT_ANSWER);
    JsonGenerator out = json.createGenerator(response.getOutputStream());
    out.writeStartObject();
    out.writeArrayPropertyStart("values");
    for (Shown shown : found) {
      SampleJson.write(out, shown.tag(), shown.value());
    }
    out.writeEndArray();
    return out;
  }

  private static void end(JsonGenerator out) {
    out.writeEndObject();
    out.close();
  }

  private List<Shown> below(
      @Nullable String equipment, @Nullable String unit, @Nullable String cursor, int most) {
    String path = equipment == null ? null : EquipmentPath.parse(equipment).toString();
    Stream<TagKey> keys =
        registry.shown(null).stream()
            .filter(tag -> tag.under(path))
            .filter(tag -> cursor == null || tag.key().compareTo(cursor) > 0)
            .map(tag -> new TagKey(EquipmentPath.parse(tag.path()), new TagName(tag.name())));
    return values.of(keys.iterator(), unit, most);
  }

  private List<Shown> named(List<String> names, @Nullable String unit) {
    if (names.size() > MAX_TAGS) {
      throw new IllegalArgumentException("at most " + MAX_TAGS + " tags can be named");
    }
    Stream<TagKey> keys = names.stream().distinct().sorted().map(TagKey::parse);
    return values.of(keys.iterator(), unit, MAX_TAGS);
  }
}
