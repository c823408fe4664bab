package io.linewright.ingest.app.read;

import io.linewright.ingest.app.registry.Registry;
import io.linewright.ingest.app.registry.Tag;
import io.linewright.ingest.app.telemetry.LastValue;
import io.linewright.ingest.app.telemetry.LastValueUpdate;
import io.linewright.ingest.app.telemetry.LastValues;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagKey;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
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
   */
  record LastValueQuery(@Nullable List<String> tags) {}

  private final Registry registry;
  private final LastValues lastValues;
  private final LastValueUpdate update;
  private final JsonMapper json;

  LastValueController(
      Registry registry, LastValues lastValues, LastValueUpdate update, JsonMapper json) {
    this.registry = registry;
    this.lastValues = lastValues;
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
              + " value are left out.",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = LastValueList.class))))
  void lastValues(
      @RequestParam(required = false) @Nullable String equipment,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    update.ensure();
    // Not a bound list: Spring would split names at commas.
    String[] named = request.getParameterValues("tag");
    List<Tag> tags = named == null ? below(equipment) : named(Arrays.asList(named));
    write(tags, response);
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
    update.ensure();
    write(named(tags), response);
  }

  private void write(List<Tag> tags, HttpServletResponse response) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream(16 * 1024);
    try (JsonGenerator out = json.createGenerator(body)) {
      out.writeStartObject();
      out.writeArrayPropertyStart("values");
      for (Tag tag : tags) {
        LastValue value = lastValues.of(tag.id());
        if (value != null) {
          SampleJson.write(out, tag, value);
        }
      }
      out.writeEndArray();
      out.writeEndObject();
    }
    response.setContentType("application/json");
    response.setContentLength(body.size());
    body.writeTo(response.getOutputStream());
  }

  private List<Tag> below(@Nullable String equipment) {
    String path = equipment == null ? null : EquipmentPath.parse(equipment).toString();
    return registry.tags().stream()
        .filter(tag -> tag.under(path))
        .sorted(Comparator.comparing(Tag::key))
        .toList();
  }

  private List<Tag> named(List<String> names) {
    if (names.size() > MAX_TAGS) {
      throw new IllegalArgumentException("at most " + MAX_TAGS + " tags can be named");
    }
    return names.stream().distinct().sorted().map(TagKey::parse).map(registry::require).toList();
  }
}
