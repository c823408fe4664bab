package io.linewright.ingest.app.read;

import io.linewright.ingest.app.read.ShownValues.Shown;
import io.linewright.ingest.app.registry.Registry;
import io.linewright.ingest.app.telemetry.LastValueUpdate;
import io.linewright.ingest.app.telemetry.LastValues;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.unit.UcumUnit;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
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

  /** Documentation of the answer. */
  record LastValueList(List<LastValueView> values) {}

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
      Registry registry, LastValues lastValues, LastValueUpdate update, JsonMapper json) {
    this.registry = registry;
    this.values = new ShownValues(registry, lastValues);
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
              + " refused then.",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = LastValueList.class))))
  void lastValues(
      @RequestParam(required = false) @Nullable String equipment,
      @RequestParam(required = false) @Nullable String unit,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    update.ensure();
    // Not a bound list: Spring would split names at commas.
    String[] named = request.getParameterValues("tag");
    String wanted = unit(unit);
    registry.refresh();
    write(named == null ? below(equipment, wanted) : named(Arrays.asList(named), wanted), response);
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

  private void write(List<@Nullable Shown> found, HttpServletResponse response) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream(16 * 1024);
    try (JsonGenerator out = json.createGenerator(body)) {
      out.writeStartObject();
      out.writeArrayPropertyStart("values");
      for (Shown shown : found) {
        if (shown != null) {
          SampleJson.write(out, shown.tag(), shown.value());
        }
      }
      out.writeEndArray();
      out.writeEndObject();
    }
    response.setContentType("application/json");
    response.setContentLength(body.size());
    body.writeTo(response.getOutputStream());
  }

  private List<@Nullable Shown> below(@Nullable String equipment, @Nullable String unit) {
    String path = equipment == null ? null : EquipmentPath.parse(equipment).toString();
    List<@Nullable Shown> found = new ArrayList<>();
    registry.shown(null).stream()
        .filter(tag -> tag.under(path))
        .forEach(tag -> found.add(values.of(tag, unit)));
    return found;
  }

  private List<@Nullable Shown> named(List<String> names, @Nullable String unit) {
    if (names.size() > MAX_TAGS) {
      throw new IllegalArgumentException("at most " + MAX_TAGS + " tags can be named");
    }
    List<@Nullable Shown> found = new ArrayList<>();
    names.stream()
        .distinct()
        .sorted()
        .map(TagKey::parse)
        .forEach(key -> found.add(values.of(key, unit)));
    return found;
  }
}
