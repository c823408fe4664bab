package io.linewright.ingest.app.registry;

import io.linewright.ingest.app.NextLink;
import io.linewright.ingest.app.answer.Parameters;
import io.linewright.ingest.app.answer.Rfc3339;
import io.linewright.ingest.registry.Stretch;
import io.linewright.ingest.registry.TagVersion;
import io.linewright.kit.problem.RefusedException;
import io.linewright.model.equipment.DataClass;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.DataType;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@io.swagger.v3.oas.annotations.tags.Tag(
    name = "Tags",
    description = "What is measured, counted and reported")
class TagController {

  /** Most tags in one answer. */
  private static final int MAX_LIMIT = 1_000;

  /**
   * A tag.
   *
   * @param tag {@code path#name}
   * @param path of its equipment, now or at the instant that was asked for
   * @param unit UCUM code
   * @param announced false while only its values have made it known
   * @param address path under which its values arrive
   * @param version how often type or unit have changed, plus 1
   */
  record TagView(
      int id,
      String tag,
      String path,
      String name,
      String type,
      String unit,
      String role,
      @Nullable Double rangeLow,
      @Nullable Double rangeHigh,
      @Nullable Long samplingMillis,
      String dataClass,
      @Nullable String owner,
      boolean announced,
      String address,
      int version) {

    static TagView of(Tag tag, String address, TagVersion version) {
      return new TagView(
          tag.id(),
          tag.key(),
          tag.path(),
          tag.name(),
          version.type().toString(),
          version.unit(),
          tag.role().toString(),
          tag.rangeLow(),
          tag.rangeHigh(),
          tag.samplingMillis(),
          tag.dataClass(),
          tag.owner(),
          tag.announced(),
          address,
          version.version());
    }
  }

  /**
   * What the values of a tag are from an instant on.
   *
   * @param from null: since ever
   * @param unit UCUM code
   */
  record TagVersionView(int version, @Nullable String from, String type, String unit) {}

  /** The versions of a tag in order of time. */
  record TagVersionList(String tag, List<TagVersionView> versions) {}

  /**
   * A page of tags, ordered by {@code tag}.
   *
   * @param next cursor of the next page; null on the last
   */
  record TagPage(List<TagView> tags, @Nullable String next) {}

  private final Registry registry;

  TagController(Registry registry) {
    this.registry = registry;
  }

  @GetMapping(path = "/api/v1/tags", produces = "application/json")
  @Operation(
      operationId = "tags",
      summary = "Tags by equipment, text, role, type, unit, owner and data class",
      description =
          "search looks in path#name, without regard to case; the others must be equal. limit is 1"
              + " to 1000. A tag is listed under the present path of its equipment; with at= under"
              + " the path, type and unit of that instant.")
  TagPage tags(
      @RequestParam(required = false) @Nullable String equipment,
      @RequestParam(required = false) @Nullable String search,
      @RequestParam(required = false) @Nullable String role,
      @RequestParam(required = false) @Nullable String type,
      @RequestParam(required = false) @Nullable String unit,
      @RequestParam(required = false) @Nullable String owner,
      @RequestParam(required = false) @Nullable String dataClass,
      @RequestParam(required = false) @Nullable String at,
      @RequestParam(defaultValue = "100") int limit,
      @RequestParam(required = false) @Nullable String cursor,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT + ", not " + limit);
    }
    String below = equipment == null ? null : EquipmentPath.parse(equipment).toString();
    String text = search == null ? "" : search.toLowerCase(Locale.ROOT);
    check("tag role", role, role == null || TagRole.of(role).isPresent());
    check("type", type, type == null || DataType.of(type).isPresent());
    check("data class", dataClass, dataClass == null || DataClass.of(dataClass).isPresent());
    long micros = at == null ? Stretch.ON : Rfc3339.parse("at", at);
    registry.refresh();
    List<TagView> found =
        registry.shown(at == null ? null : Instant.EPOCH.plus(micros, ChronoUnit.MICROS)).stream()
            .filter(tag -> cursor == null || tag.key().compareTo(cursor) > 0)
            .filter(tag -> tag.under(below))
            .filter(tag -> role == null || tag.role().toString().equals(role))
            .filter(tag -> owner == null || owner.equals(tag.owner()))
            .filter(tag -> dataClass == null || tag.dataClass().equals(dataClass))
            .filter(tag -> tag.key().toLowerCase(Locale.ROOT).contains(text))
            .map(tag -> view(tag, micros))
            .filter(tag -> type == null || tag.type().equals(type))
            .filter(tag -> unit == null || tag.unit().equals(unit))
            .limit(limit + 1L)
            .toList();
    if (found.size() <= limit) {
      return new TagPage(found, null);
    }
    String next = found.get(limit - 1).tag();
    NextLink.add(request, response, next);
    return new TagPage(found.subList(0, limit), next);
  }

  @GetMapping(path = "/api/v1/tags/{id}", produces = "application/json")
  @Operation(operationId = "tag", summary = "One tag by its number")
  TagView tag(@PathVariable int id) {
    return view(known(id), Stretch.ON);
  }

  @GetMapping(path = "/api/v1/tags/{id}/versions", produces = "application/json")
  @Operation(
      operationId = "tagVersions",
      summary = "What the values of a tag were over time",
      description = "A birth that declares another type or unit begins a new version.")
  TagVersionList versions(@PathVariable int id) {
    Tag tag = known(id);
    List<TagVersion> versions =
        tag.versions().isEmpty() ? List.of(tag.versionAt(Stretch.ON)) : tag.versions();
    return new TagVersionList(
        tag.key(),
        versions.stream()
            .map(
                version ->
                    new TagVersionView(
                        version.version(),
                        version.fromMicros() == Stretch.EVER
                            ? null
                            : Rfc3339.format(version.fromMicros()),
                        version.type().toString(),
                        version.unit()))
            .toList());
  }

  private Tag known(int id) {
    registry.refresh();
    Tag tag = registry.shown(id);
    if (tag == null) {
      throw new RefusedException(HttpStatus.NOT_FOUND, "not-found", "There is no tag " + id);
    }
    return tag;
  }

  private TagView view(Tag shown, long micros) {
    Tag stored = registry.byId(shown.id());
    return TagView.of(
        shown, stored == null ? shown.path() : stored.path(), shown.versionAt(micros));
  }

  private static void check(String kind, @Nullable String text, boolean exists) {
    if (!exists) {
      throw new IllegalArgumentException(
          "there is no %s '%s'".formatted(kind, Parameters.shortened(String.valueOf(text))));
    }
  }
}
