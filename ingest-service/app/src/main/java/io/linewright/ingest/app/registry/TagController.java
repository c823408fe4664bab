package io.linewright.ingest.app.registry;

import io.linewright.ingest.app.NextLink;
import io.linewright.kit.problem.RefusedException;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagRole;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Comparator;
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
   * @param unit UCUM code
   * @param announced false while only its values have made it known
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
      boolean announced) {

    static TagView of(Tag tag) {
      return new TagView(
          tag.id(),
          tag.key(),
          tag.path(),
          tag.name(),
          tag.type().toString(),
          tag.unit(),
          tag.role().toString(),
          tag.rangeLow(),
          tag.rangeHigh(),
          tag.samplingMillis(),
          tag.dataClass(),
          tag.owner(),
          tag.announced());
    }
  }

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
      summary = "Tags by equipment, text and role",
      description = "search looks in path#name, without regard to case; limit is 1 to 1000.")
  TagPage tags(
      @RequestParam(required = false) @Nullable String equipment,
      @RequestParam(required = false) @Nullable String search,
      @RequestParam(required = false) @Nullable String role,
      @RequestParam(defaultValue = "100") int limit,
      @RequestParam(required = false) @Nullable String cursor,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT + ", not " + limit);
    }
    String below = equipment == null ? null : EquipmentPath.parse(equipment).toString();
    String text = search == null ? "" : search.toLowerCase(Locale.ROOT);
    if (role != null && TagRole.of(role).isEmpty()) {
      throw new IllegalArgumentException("there is no tag role '" + role + "'");
    }
    List<TagView> found =
        registry.tags().stream()
            .filter(tag -> tag.under(below))
            .filter(tag -> role == null || tag.role().toString().equals(role))
            .filter(tag -> tag.key().toLowerCase(Locale.ROOT).contains(text))
            .filter(tag -> cursor == null || tag.key().compareTo(cursor) > 0)
            .sorted(Comparator.comparing(Tag::key))
            .limit(limit + 1L)
            .map(TagView::of)
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
    Tag tag = registry.byId(id);
    if (tag == null) {
      throw new RefusedException(HttpStatus.NOT_FOUND, "not-found", "There is no tag " + id);
    }
    return TagView.of(tag);
  }
}
