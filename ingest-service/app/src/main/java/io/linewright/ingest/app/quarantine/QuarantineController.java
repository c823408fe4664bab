package io.linewright.ingest.app.quarantine;

import io.linewright.ingest.app.NextLink;
import io.linewright.kit.problem.RefusedException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Quarantine", description = "What could not be processed")
class QuarantineController {

  private static final int MAX_LIMIT = 500;

  /**
   * A record in quarantine.
   *
   * @param payload Base64
   * @param size of the original in bytes; larger than the payload if that was cut
   */
  record QuarantinedRecord(
      long id,
      String stage,
      String origin,
      @Nullable Integer partition,
      @Nullable Long offset,
      String cause,
      String payload,
      int size,
      boolean resubmittable,
      Instant quarantinedAt,
      int attempts) {}

  /** A page, newest first. */
  record QuarantinePage(List<QuarantinedRecord> records, @Nullable String next) {}

  /** How many records wait. */
  record QuarantineCount(long count) {}

  /**
   * What became of a re-submission.
   *
   * @param outcome {@code stored}: the record is in the tables and no longer in quarantine; {@code
   *     refused}: it stays, with the new cause
   */
  record ResubmissionResult(long id, String outcome, @Nullable String cause) {}

  private final Quarantine quarantine;
  private final QuarantineStore store;
  private final Resubmission resubmission;
  private final TransactionTemplate transaction;

  QuarantineController(
      Quarantine quarantine,
      QuarantineStore store,
      Resubmission resubmission,
      TransactionTemplate transaction) {
    this.quarantine = quarantine;
    this.store = store;
    this.resubmission = resubmission;
    this.transaction = transaction;
  }

  @GetMapping(path = "/api/v1/quarantine", produces = "application/json")
  @Operation(operationId = "quarantine", summary = "Records in quarantine, newest first")
  QuarantinePage list(
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT + ", not " + limit);
    }
    List<QuarantinedRecord> found =
        store.newest(below(cursor), limit + 1).stream().map(QuarantineController::view).toList();
    if (found.size() <= limit) {
      return new QuarantinePage(found, null);
    }
    String next = Long.toString(found.get(limit - 1).id());
    NextLink.add(request, response, next);
    return new QuarantinePage(found.subList(0, limit), next);
  }

  @GetMapping(path = "/api/v1/quarantine/count", produces = "application/json")
  @Operation(operationId = "quarantineCount", summary = "How many records are in quarantine")
  QuarantineCount count() {
    return new QuarantineCount(quarantine.count());
  }

  @PostMapping(path = "/api/v1/quarantine/{id}/resubmissions", produces = "application/json")
  @Operation(
      operationId = "resubmit",
      summary = "Try a record again",
      description =
          "Idempotent: samples that are stored already are recognised by their key. A record that"
              + " was stored leaves quarantine; asking again answers 404.")
  ResubmissionResult resubmit(@PathVariable long id) {
    ResubmissionResult result =
        transaction.execute(
            status -> {
              var kept = store.lock(id).orElseThrow(() -> unknown(id));
              if (!kept.entry().resubmittable()) {
                throw new RefusedException(
                    HttpStatus.CONFLICT,
                    "not-resubmittable",
                    "Record %d was set aside by %s before it became telemetry; it can only be discarded here"
                        .formatted(id, kept.entry().stage()));
              }
              Optional<String> cause = resubmission.tryAgain(kept.entry().payload());
              if (cause.isPresent()) {
                store.refusedAgain(id, cause.get());
                return new ResubmissionResult(id, "refused", cause.get());
              }
              store.delete(id);
              return new ResubmissionResult(id, "stored", null);
            });
    quarantine.count();
    return result;
  }

  @DeleteMapping("/api/v1/quarantine/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(operationId = "discard", summary = "Discard a record for good")
  void discard(@PathVariable long id) {
    if (!store.delete(id)) {
      throw unknown(id);
    }
    quarantine.count();
  }

  private static long below(@Nullable String cursor) {
    try {
      return cursor == null ? Long.MAX_VALUE : Long.parseLong(cursor);
    } catch (NumberFormatException notOurs) {
      throw new IllegalArgumentException("cursor is not one of this service", notOurs);
    }
  }

  private static RefusedException unknown(long id) {
    return new RefusedException(
        HttpStatus.NOT_FOUND, "not-found", "There is no record " + id + " in quarantine");
  }

  private static QuarantinedRecord view(QuarantineStore.Kept kept) {
    var entry = kept.entry();
    return new QuarantinedRecord(
        kept.id(),
        entry.stage(),
        entry.origin(),
        entry.partition(),
        entry.offset(),
        entry.cause(),
        Base64.getEncoder().encodeToString(entry.payload()),
        entry.size(),
        entry.resubmittable(),
        kept.quarantinedAt(),
        kept.attempts());
  }
}
