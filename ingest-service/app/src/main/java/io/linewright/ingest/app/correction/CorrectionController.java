package io.linewright.ingest.app.correction;

import io.linewright.ingest.app.IdempotencyKey;
import io.linewright.ingest.app.IngestSettings;
import io.linewright.ingest.app.NextLink;
import io.linewright.ingest.app.answer.Rfc3339;
import io.linewright.ingest.app.command.Requester;
import io.linewright.ingest.app.correction.CorrectionAnswers.CorrectionPage;
import io.linewright.ingest.app.correction.CorrectionAnswers.CorrectionsMade;
import io.linewright.ingest.app.correction.CorrectionAnswers.MadeCorrection;
import io.linewright.ingest.app.correction.CorrectionDesk.Taken;
import io.linewright.ingest.app.correction.CorrectionRequests.CorrectionBundle;
import io.linewright.ingest.app.registry.Registry;
import io.linewright.ingest.app.registry.Series;
import io.linewright.ingest.app.registry.Tag;
import io.linewright.ingest.app.truth.CorrectionLog;
import io.linewright.ingest.app.truth.CorrectionViews;
import io.linewright.kit.problem.Problems;
import io.linewright.model.equipment.TagKey;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@io.swagger.v3.oas.annotations.tags.Tag(
    name = "Corrections",
    description = "What people say about samples; samples stay as they are")
class CorrectionController {

  private static final int MAX_LIMIT = 1_000;

  /** Most refused items that an answer lists. */
  private static final int MAX_REFUSED = 100;

  private final CorrectionRequests requests;
  private final CorrectionDesk desk;
  private final CorrectionHistory history;
  private final Registry registry;
  private final Duration future;
  private final InstantSource clock;

  CorrectionController(
      CorrectionRequests requests,
      CorrectionDesk desk,
      CorrectionLog log,
      Registry registry,
      IngestSettings settings,
      InstantSource clock) {
    this.requests = requests;
    this.desk = desk;
    this.history = new CorrectionHistory(log);
    this.registry = registry;
    this.future = settings.future();
    this.clock = clock;
  }

  @PostMapping(
      path = "/api/v1/corrections",
      consumes = "application/json",
      produces = "application/json")
  @Operation(
      operationId = "correct",
      summary = "Replace, insert, delete or restore values",
      description =
          "Needs the role admin, and a right to the tags' equipment. All of the request is made, or"
              + " none (422 with refusals). kind: replace needs a value at time, insert none, delete"
              + " and restore take a time or a range from (included) to (not included). A deleted"
              + " range has no values, those that come late included, until they are restored or"
              + " inserted; restore lets count what is stored. The latest correction of a value"
              + " decides.",
      responses = {
        @ApiResponse(responseCode = "201", description = "Made", useReturnTypeSchema = true),
        @ApiResponse(
            responseCode = "200",
            description = "Had been made before with the same Idempotency-Key",
            useReturnTypeSchema = true)
      })
  ResponseEntity<CorrectionsMade> correct(
      @RequestHeader("Idempotency-Key") String idempotencyKey,
      @RequestBody CorrectionBundle bundle,
      Authentication who) {
    Requester requester = Requester.of(who);
    String key = IdempotencyKey.of(idempotencyKey);
    String reason = CorrectionRequests.reason(bundle.reason());
    long latest = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant().plus(future));
    Taken taken =
        desk.take(requester.name(), key, reason, requests.read(bundle, requester, latest));
    return ResponseEntity.status(taken.repeated() ? HttpStatus.OK : HttpStatus.CREATED)
        .body(made(taken));
  }

  @GetMapping(path = "/api/v1/corrections", produces = "application/json")
  @Operation(
      operationId = "corrections",
      summary = "Corrections of one tag, newest first",
      description =
          "tag is path#name (# as %23). With from (included) and to (not included) only those that"
              + " touch this time. Of equipment that was moved those of its past, too; versions are"
              + " counted per address of its values.")
  CorrectionPage list(
      @RequestParam String tag,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(defaultValue = "100") int limit,
      @RequestParam(required = false) @Nullable String cursor,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT + ", not " + limit);
    }
    registry.refresh();
    Series series = registry.series(TagKey.parse(tag), false);
    CorrectionHistory.Page page =
        history.page(
            series,
            from == null ? null : Rfc3339.parse("from", from),
            to == null ? null : Rfc3339.parse("to", to),
            cursor,
            limit);
    if (page.next() != null) {
      NextLink.add(request, response, page.next());
    }
    return new CorrectionPage(
        series.tag().key(),
        page.corrections().stream().map(CorrectionViews::view).toList(),
        page.next());
  }

  @ExceptionHandler(RefusedItemsException.class)
  ProblemDetail refused(RefusedItemsException refusal) {
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(
            HttpStatus.UNPROCESSABLE_CONTENT, String.valueOf(refusal.getMessage()));
    problem.setType(URI.create(Problems.TYPE_PREFIX + "corrections-refused"));
    problem.setProperty("refusals", refusal.items().stream().limit(MAX_REFUSED).toList());
    return problem;
  }

  private CorrectionsMade made(Taken taken) {
    return new CorrectionsMade(
        taken.request().id().toString(),
        taken.request().requester(),
        Rfc3339.format(taken.request().recordedMicros()),
        taken.request().reason(),
        taken.corrections().stream()
            .map(told -> new MadeCorrection(key(told.tagId()), CorrectionViews.view(told)))
            .toList());
  }

  private String key(int tagId) {
    Tag tag = registry.byId(tagId);
    return tag == null ? "" : tag.key();
  }
}
