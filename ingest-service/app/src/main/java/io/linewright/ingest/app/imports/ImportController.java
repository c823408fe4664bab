package io.linewright.ingest.app.imports;

import io.linewright.ingest.app.IdempotencyKey;
import io.linewright.ingest.app.IngestSettings;
import io.linewright.ingest.app.NextLink;
import io.linewright.ingest.app.command.Requester;
import io.linewright.ingest.app.imports.ImportViews.ImportPage;
import io.linewright.ingest.app.imports.ImportViews.ImportView;
import io.linewright.ingest.app.imports.ImportViews.RefusalPage;
import io.linewright.ingest.imports.ImportTerms;
import io.linewright.ingest.imports.ImportTime;
import io.linewright.kit.problem.RefusedException;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.DataType;
import io.linewright.model.unit.UcumUnit;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@io.swagger.v3.oas.annotations.tags.Tag(
    name = "Imports",
    description = "Files with historical values")
class ImportController {

  private static final int MAX_LIMIT = 500;
  private static final int MAX_REFUSALS = 1_000;
  private static final int INLINE_REFUSALS = 20;
  private static final String RETRY_AFTER_SECONDS = "30";

  /** 1900-01-01T00:00:00Z: earlier there was nothing to measure in a factory like ours. */
  private static final long EARLIEST_MICROS = -2_208_988_800_000_000L;

  private final ImportDesk desk;
  private final ImportStore store;
  private final ImportSettings settings;
  private final Duration future;
  private final InstantSource clock;

  ImportController(
      ImportDesk desk,
      ImportStore store,
      ImportSettings settings,
      IngestSettings ingest,
      InstantSource clock) {
    this.desk = desk;
    this.store = store;
    this.settings = settings;
    this.future = ingest.future();
    this.clock = clock;
  }

  @PostMapping(
      path = "/api/v1/imports",
      consumes = {"text/csv", "application/gzip"},
      produces = "application/json")
  @Operation(
      operationId = "importValues",
      summary = "Bring historical values from a CSV file",
      description =
          "Needs the role admin. The file is UTF-8 CSV (RFC 4180) with a header line and the"
              + " columns tag, time, value and, if wanted, status, ordinal, type, unit, role;"
              + " packed by gzip as application/gzip or Content-Encoding: gzip. from (included) and"
              + " to (not included) are the period that its rows must lie in. create=true registers"
              + " unknown tags by the columns or parameters type, unit and role. The answer comes"
              + " when Kafka has all of it; meanwhile the list shows how far it is. The same file"
              + " with the same Idempotency-Key is the same import: it goes on where it was"
              + " interrupted.",
      requestBody =
          @RequestBody(
              required = true,
              content = {
                @Content(mediaType = "text/csv", schema = @Schema(type = "string")),
                @Content(
                    mediaType = "application/gzip",
                    schema = @Schema(type = "string", format = "binary"))
              }),
      responses =
          @ApiResponse(
              responseCode = "202",
              description = "Kafka has all of it; Location tells what the historian has stored",
              useReturnTypeSchema = true))
  ResponseEntity<ImportView> send(
      @RequestHeader("Idempotency-Key") String idempotencyKey,
      @RequestHeader(name = HttpHeaders.CONTENT_ENCODING, defaultValue = "identity")
          String encoding,
      @RequestParam String from,
      @RequestParam String to,
      @RequestParam(defaultValue = "false") boolean create,
      @RequestParam(required = false) @Nullable String type,
      @RequestParam(required = false) @Nullable String unit,
      @RequestParam(required = false) @Nullable String role,
      Authentication who,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    String key = IdempotencyKey.of(idempotencyKey);
    ImportTerms terms = terms(from, to, create, type, unit, role);
    boolean gzip = packed(encoding, request.getContentType());
    try (ImportDesk.Place place = place(response)) {
      Requester requester = Requester.of(who);
      Import begun = desk.begin(requester, key, terms);
      response.setHeader(HttpHeaders.LOCATION, "/api/v1/imports/" + begun.id());
      Import received =
          desk.receive(begun, requester, new ImportContent(request.getInputStream(), gzip));
      return ResponseEntity.accepted().body(view(received.id()));
    }
  }

  @GetMapping(path = "/api/v1/imports/{id}", produces = "application/json")
  @Operation(
      operationId = "import",
      summary = "One import: how far it is, and the first refused rows",
      description =
          "state is receiving, producing, complete, failed or interrupted; stored says whether the"
              + " historian has processed all of it (null: nobody can tell, because the topic was"
              + " made anew since), and setAside how many of its values it has not"
              + " stored, as those that contradict stored ones; the first of them are in"
              + " quarantine.")
  ImportView one(@PathVariable UUID id) {
    return view(id);
  }

  @GetMapping(path = "/api/v1/imports", produces = "application/json")
  @Operation(
      operationId = "imports",
      summary = "Imports, newest first",
      description = "Without their refused rows. The newest 500 are kept, by default.")
  ImportPage list(
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor,
      HttpServletRequest request,
      HttpServletResponse response) {
    bounded(limit, MAX_LIMIT);
    HistorianLead.Stored stored = store.stored();
    List<Import> found = store.newest(number(cursor, Long.MAX_VALUE), limit + 1);
    Instant now = clock.instant();
    List<ImportView> shown =
        found.stream()
            .limit(limit)
            .map(one -> ImportViews.view(one, stored, List.of(), now))
            .toList();
    if (found.size() <= limit) {
      return new ImportPage(shown, null);
    }
    String next = Long.toString(found.get(limit - 1).number());
    NextLink.add(request, response, next);
    return new ImportPage(shown, next);
  }

  @GetMapping(path = "/api/v1/imports/{id}/refusals", produces = "application/json")
  @Operation(
      operationId = "importRefusals",
      summary = "Refused rows of an import, in the order of the file",
      description = "All are counted; the first 10,000 are kept, by default.")
  RefusalPage refusals(
      @PathVariable UUID id,
      @RequestParam(defaultValue = "100") int limit,
      @RequestParam(required = false) @Nullable String cursor,
      HttpServletRequest request,
      HttpServletResponse response) {
    bounded(limit, MAX_REFUSALS);
    Import subject = required(id);
    List<Import.Refusal> found = store.refusals(subject.number(), number(cursor, -1), limit + 1);
    String next = null;
    if (found.size() > limit) {
      next = Long.toString(found.get(limit - 1).line());
      NextLink.add(request, response, next);
    }
    long refused = subject.progress().refused();
    return new RefusalPage(
        refused,
        Math.min(refused, settings.maxRefusals()),
        found.stream().limit(limit).map(ImportViews::view).toList(),
        next);
  }

  private ImportDesk.Place place(HttpServletResponse response) {
    try {
      return desk.place();
    } catch (RefusedException full) {
      response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
      throw full;
    }
  }

  private ImportTerms terms(
      String from,
      String to,
      boolean create,
      @Nullable String type,
      @Nullable String unit,
      @Nullable String role) {
    if (!create && (type != null || unit != null || role != null)) {
      throw new IllegalArgumentException("type, unit and role are for new tags: add create=true");
    }
    ImportTerms terms =
        new ImportTerms(
            ImportTime.parse(from),
            ImportTime.parse(to),
            create,
            type == null
                ? null
                : DataType.of(type)
                    .orElseThrow(
                        () -> new IllegalArgumentException("there is no type '" + type + "'")),
            unit == null ? null : UcumUnit.parse(unit).code(),
            role == null
                ? null
                : TagRole.of(role)
                    .orElseThrow(
                        () -> new IllegalArgumentException("there is no tag role '" + role + "'")));
    long latest = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant().plus(future));
    if (terms.fromMicros() < EARLIEST_MICROS || terms.toMicros() > latest) {
      throw new IllegalArgumentException(
          "from and to must lie between 1900 and now, at most %s later".formatted(future));
    }
    Duration period = Duration.of(terms.toMicros() - terms.fromMicros(), ChronoUnit.MICROS);
    if (period.compareTo(settings.maxPeriod()) > 0) {
      throw new IllegalArgumentException(
          "an import covers at most %d days, from to to are %d; divide the file by time"
              .formatted(settings.maxPeriod().toDays(), period.toDays()));
    }
    return terms;
  }

  private static boolean packed(String encoding, @Nullable String contentType) {
    boolean encoded = encoding.equalsIgnoreCase("gzip");
    if (!encoded && !encoding.equalsIgnoreCase("identity")) {
      throw new RefusedException(
          HttpStatus.UNSUPPORTED_MEDIA_TYPE,
          "unsupported-media-type",
          "Content-Encoding must be gzip, or be left out");
    }
    return encoded || (contentType != null && contentType.startsWith("application/gzip"));
  }

  private ImportView view(UUID id) {
    HistorianLead.Stored stored = store.stored();
    Import one = required(id);
    return ImportViews.view(
        one, stored, store.refusals(one.number(), -1, INLINE_REFUSALS), clock.instant());
  }

  private Import required(UUID id) {
    return store
        .find(id)
        .orElseThrow(
            () ->
                new RefusedException(
                    HttpStatus.NOT_FOUND, "not-found", "There is no import " + id));
  }

  private static void bounded(int limit, int most) {
    if (limit < 1 || limit > most) {
      throw new IllegalArgumentException("limit must be 1 to " + most + ", not " + limit);
    }
  }

  private static long number(@Nullable String cursor, long without) {
    try {
      return cursor == null ? without : Long.parseLong(cursor);
    } catch (NumberFormatException notOurs) {
      throw new IllegalArgumentException("cursor is not one of this service", notOurs);
    }
  }
}
