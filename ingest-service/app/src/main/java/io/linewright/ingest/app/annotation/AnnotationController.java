package io.linewright.ingest.app.annotation;

import io.linewright.ingest.app.IdempotencyKey;
import io.linewright.ingest.app.NextLink;
import io.linewright.ingest.app.annotation.Annotation.Stretch;
import io.linewright.ingest.app.annotation.Annotation.Subject;
import io.linewright.ingest.app.annotation.AnnotationDesk.Taken;
import io.linewright.ingest.app.annotation.AnnotationViews.AnnotationPage;
import io.linewright.ingest.app.annotation.AnnotationViews.AnnotationVersions;
import io.linewright.ingest.app.annotation.AnnotationViews.AnnotationView;
import io.linewright.ingest.app.answer.Rfc3339;
import io.linewright.ingest.app.command.Requester;
import io.linewright.ingest.app.registry.Registry;
import io.linewright.ingest.app.registry.Series.Source;
import io.linewright.kit.problem.RefusedException;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagKey;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@io.swagger.v3.oas.annotations.tags.Tag(
    name = "Annotations",
    description = "What people write beside values")
class AnnotationController {

  private static final int MAX_LIMIT = 500;
  private static final int MAX_TEXT = 10_000;

  /** Begin of the year 1, of the year 10000. */
  private static final long EARLIEST_MICROS = -62_135_596_800_000_000L;

  private static final long LATEST_MICROS = 253_402_300_800_000_000L;

  /**
   * An annotation as it is written.
   *
   * @param tag {@code path#name}; or equipment
   * @param equipment path
   * @param from begin
   * @param to end, included; missing: an instant
   * @param text 1 to 10,000 characters
   */
  record AnnotationWish(
      @Nullable String tag,
      @Nullable String equipment,
      @Nullable String from,
      @Nullable String to,
      @Nullable String text) {}

  /**
   * A change; what the annotation is about stays.
   *
   * @param from begin
   * @param to end, included; missing: an instant
   * @param text 1 to 10,000 characters
   */
  record AnnotationChange(@Nullable String from, @Nullable String to, @Nullable String text) {}

  private final AnnotationDesk desk;
  private final AnnotationStore store;
  private final AnnotationSubjects subjects;
  private final Registry registry;

  AnnotationController(
      AnnotationDesk desk, AnnotationStore store, AnnotationSubjects subjects, Registry registry) {
    this.desk = desk;
    this.store = store;
    this.subjects = subjects;
    this.registry = registry;
  }

  @PostMapping(
      path = "/api/v1/annotations",
      consumes = "application/json",
      produces = "application/json")
  @Operation(
      operationId = "annotate",
      summary = "Write an annotation to a tag or to equipment",
      description =
          "Needs the role operator or admin, and a right to the equipment. Give tag or equipment,"
              + " from, to unless it is an instant, and text.",
      responses = {
        @ApiResponse(responseCode = "201", description = "Written", useReturnTypeSchema = true),
        @ApiResponse(
            responseCode = "200",
            description = "Had been written before with the same Idempotency-Key",
            useReturnTypeSchema = true)
      })
  ResponseEntity<AnnotationView> write(
      @RequestHeader("Idempotency-Key") String idempotencyKey,
      @RequestBody AnnotationWish wish,
      Authentication who) {
    Requester requester = Requester.of(who);
    String key = IdempotencyKey.of(idempotencyKey);
    Stretch time = time(wish.from(), wish.to());
    String text = text(wish.text());
    Taken taken = desk.write(requester, key, subject(wish, requester, time), time, text);
    UUID id = taken.annotation().id();
    return ResponseEntity.status(taken.repeated() ? HttpStatus.OK : HttpStatus.CREATED)
        .location(URI.create("/api/v1/annotations/" + id))
        .eTag(tag(taken.annotation()))
        .body(AnnotationViews.view(taken.annotation()));
  }

  @GetMapping(path = "/api/v1/annotations", produces = "application/json")
  @Operation(
      operationId = "annotations",
      summary = "Annotations by their begin",
      description =
          "With tag (path#name, # as %23) those of one tag; with equipment those of that path, of"
              + " what is below it and of their tags. With from (included) and to (not included)"
              + " only those that touch this time. Equipment that was moved has those of its past,"
              + " too.")
  AnnotationPage list(
      @RequestParam(required = false) @Nullable String tag,
      @RequestParam(required = false) @Nullable String equipment,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(defaultValue = "100") int limit,
      @RequestParam(required = false) @Nullable String cursor,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT + ", not " + limit);
    }
    if (tag != null && equipment != null) {
      throw new IllegalArgumentException("write either tag or equipment");
    }
    Place after = place(cursor);
    String path = equipment == null ? null : EquipmentPath.parse(equipment).toString();
    subjects.refresh();
    List<Source> sources =
        tag != null
            ? subjects.of(TagKey.parse(tag))
            : path != null ? subjects.below(path) : List.of();
    List<Annotation> found =
        store.list(
            new AnnotationStore.Wanted(
                tag == null && path == null,
                sources,
                path,
                from == null ? EARLIEST_MICROS : Rfc3339.parse("from", from),
                to == null ? LATEST_MICROS : Rfc3339.parse("to", to),
                after.fromMicros(),
                after.id()),
            limit + 1);
    List<AnnotationView> shown =
        found.stream().limit(limit).map(subjects::shown).map(AnnotationViews::view).toList();
    if (found.size() <= limit) {
      return new AnnotationPage(shown, null);
    }
    Annotation last = found.get(limit - 1);
    String next = last.time().fromMicros() + "_" + last.id();
    NextLink.add(request, response, next);
    return new AnnotationPage(shown, next);
  }

  @GetMapping(path = "/api/v1/annotations/{id}", produces = "application/json")
  @Operation(operationId = "annotation", summary = "One annotation; ETag is its version")
  ResponseEntity<AnnotationView> one(@PathVariable UUID id) {
    return answer(desk.required(id));
  }

  @GetMapping(path = "/api/v1/annotations/{id}/versions", produces = "application/json")
  @Operation(
      operationId = "annotationVersions",
      summary = "All versions of an annotation, the latest first",
      description = "Also of one that was deleted: its latest version has no text.")
  AnnotationVersions versions(@PathVariable UUID id) {
    subjects.refresh();
    List<Annotation> versions = store.versions(id, AnnotationDesk.MAX_VERSIONS + 1);
    if (versions.isEmpty()) {
      throw AnnotationDesk.unknown(id);
    }
    return new AnnotationVersions(
        versions.stream().map(subjects::shown).map(AnnotationViews::view).toList());
  }

  @PutMapping(
      path = "/api/v1/annotations/{id}",
      consumes = "application/json",
      produces = "application/json")
  @Operation(
      operationId = "changeAnnotation",
      summary = "Change time and text of an annotation",
      description =
          "Its author with the role operator, or an admin. If-Match is the ETag of the version that"
              + " is known: 428 without it, 412 if it has been changed meanwhile. Former versions"
              + " are kept.")
  ResponseEntity<AnnotationView> change(
      @PathVariable UUID id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @RequestBody AnnotationChange change,
      Authentication who) {
    Stretch time = time(change.from(), change.to());
    String text = text(change.text());
    return answer(desk.change(Requester.of(who), id, ifMatch, time, text));
  }

  @DeleteMapping(path = "/api/v1/annotations/{id}")
  @Operation(
      operationId = "deleteAnnotation",
      summary = "Delete an annotation",
      description = "As a change, with If-Match. Its versions are kept.",
      responses = @ApiResponse(responseCode = "204", description = "Deleted"))
  ResponseEntity<Void> delete(
      @PathVariable UUID id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      Authentication who) {
    desk.change(Requester.of(who), id, ifMatch, null, null);
    return ResponseEntity.noContent().build();
  }

  /** Behind which annotation a page begins. */
  private record Place(long fromMicros, @Nullable UUID id) {}

  private Subject subject(AnnotationWish wish, Requester requester, Stretch time) {
    String tag = wish.tag();
    String equipment = wish.equipment();
    if ((tag == null) == (equipment == null)) {
      throw new IllegalArgumentException("write either tag or equipment");
    }
    subjects.refresh();
    if (tag != null) {
      TagKey key = TagKey.parse(tag);
      allowed(requester, key.equipment().toString(), "tag " + key);
      Subject found = subjects.tag(key, time.fromMicros());
      allowed(requester, String.valueOf(found.path()), "tag " + key);
      return found;
    }
    String path = EquipmentPath.parse(String.valueOf(equipment)).toString();
    allowed(requester, path, "equipment " + path);
    UUID id = registry.equipmentAt(path).orElseThrow(() -> unknown("equipment " + path));
    return new Subject(null, id, path, null);
  }

  private static void allowed(Requester requester, String path, String what) {
    if (!requester.mayChange(path)) {
      throw unknown(what);
    }
  }

  private static RefusedException unknown(String what) {
    return new RefusedException(HttpStatus.NOT_FOUND, "not-found", "There is no " + what);
  }

  private static ResponseEntity<AnnotationView> answer(Annotation one) {
    return ResponseEntity.ok().eTag(tag(one)).body(AnnotationViews.view(one));
  }

  private static String tag(Annotation one) {
    return "\"" + one.version() + "\"";
  }

  private static Stretch time(@Nullable String from, @Nullable String to) {
    if (from == null) {
      throw new IllegalArgumentException(
          "from is missing; write from, and to unless it is an instant");
    }
    long begin = micros("from", from);
    return new Stretch(begin, to == null ? begin : micros("to", to));
  }

  private static long micros(String name, String text) {
    long micros = Rfc3339.parse(name, text);
    if (micros < EARLIEST_MICROS) {
      throw new IllegalArgumentException(name + " must lie in the years 1 to 9999");
    }
    return micros;
  }

  private static String text(@Nullable String text) {
    if (text == null || text.isBlank() || text.length() > MAX_TEXT || text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "text must have 1 to %d characters, none of them U+0000".formatted(MAX_TEXT));
    }
    return text;
  }

  private static Place place(@Nullable String cursor) {
    if (cursor == null) {
      return new Place(0, null);
    }
    try {
      int divider = cursor.indexOf('_');
      return new Place(
          Long.parseLong(cursor.substring(0, Math.max(0, divider))),
          UUID.fromString(cursor.substring(divider + 1)));
    } catch (IllegalArgumentException notOurs) {
      throw new IllegalArgumentException("cursor is not one of this service", notOurs);
    }
  }
}
