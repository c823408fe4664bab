package io.linewright.ingest.app.quarantine;

import io.linewright.ingest.app.NextLink;
import io.linewright.ingest.app.quarantine.QuarantineDesk.Sweep;
import io.linewright.ingest.app.quarantine.QuarantineStore.Choice;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
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

  /** Most bytes that the payloads of a page have together, unless one alone has more. */
  private static final long MAX_PAGE_BYTES = 4L * 1024 * 1024;

  private static final int MAX_TEXT = 300;

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
   *     refused}: it stays, with the new cause; what of it is good is stored
   */
  record ResubmissionResult(long id, String outcome, @Nullable String cause) {}

  /**
   * What became of many records.
   *
   * @param done how many have left quarantine: stored, or discarded
   * @param refused how many were tried and stay, with the new cause
   * @param skipped how many were gone meanwhile, or belong to equipment that the caller may not
   *     change
   * @param left how many of those that were asked for are in quarantine now
   * @param next cursor of the next request; null: all of them were looked at
   */
  record QuarantineSweep(int done, int refused, int skipped, long left, @Nullable String next) {}

  private final Quarantine quarantine;
  private final QuarantineStore store;
  private final QuarantineDesk desk;

  QuarantineController(Quarantine quarantine, QuarantineStore store, QuarantineDesk desk) {
    this.quarantine = quarantine;
    this.store = store;
    this.desk = desk;
  }

  @GetMapping(path = "/api/v1/quarantine", produces = "application/json")
  @Operation(
      operationId = "quarantine",
      summary = "Records in quarantine, newest first",
      description =
          "A page ends before its limit when the payloads have 4 MiB; next goes on. A larger record"
              + " comes alone.")
  QuarantinePage list(
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor,
      HttpServletRequest request,
      HttpServletResponse response) {
    var page = store.newest(number(cursor, Long.MAX_VALUE), bounded(limit), MAX_PAGE_BYTES);
    List<QuarantinedRecord> records =
        page.records().stream().map(QuarantineController::view).toList();
    String next = text(page.next());
    if (next != null) {
      NextLink.add(request, response, next);
    }
    return new QuarantinePage(records, next);
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
              + " was stored leaves quarantine; asking again answers 404. Of one that is refused,"
              + " what is good is stored. 404 also for records of equipment outside the caller's"
              + " subtrees; 503 too-busy while others try records again.")
  ResubmissionResult resubmit(@PathVariable long id, Authentication who) {
    String cause = desk.resubmit(id, who).orElse(null);
    quarantine.count();
    return new ResubmissionResult(id, cause == null ? "stored" : "refused", cause);
  }

  @DeleteMapping("/api/v1/quarantine/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      operationId = "discard",
      summary = "Discard a record for good",
      description = "404 also for records of equipment outside the caller's subtrees.")
  void discard(@PathVariable long id, Authentication who) {
    desk.discard(id, who);
    quarantine.count();
  }

  @PostMapping(path = "/api/v1/quarantine/resubmissions", produces = "application/json")
  @Operation(
      operationId = "resubmitMany",
      summary = "Try records again, oldest first",
      description =
          "Those whose cause has the given text and which come from the given origin; one of the"
              + " two is needed. Records that can only be discarded are left out. Stops after ten"
              + " seconds; next goes on. 503 too-busy while others try records again.")
  QuarantineSweep resubmitMany(
      @RequestParam(required = false) @Nullable String cause,
      @RequestParam(required = false) @Nullable String origin,
      @RequestParam(defaultValue = "100") int limit,
      @RequestParam(required = false) @Nullable String cursor,
      Authentication who) {
    return view(
        desk.resubmitAll(choice(cause, origin, true), number(cursor, 0), bounded(limit), who));
  }

  @PostMapping(path = "/api/v1/quarantine/discards", produces = "application/json")
  @Operation(
      operationId = "discardMany",
      summary = "Discard records for good, oldest first",
      description =
          "Those whose cause has the given text and which come from the given origin; one of the"
              + " two is needed. Stops after ten seconds; next goes on.")
  QuarantineSweep discardMany(
      @RequestParam(required = false) @Nullable String cause,
      @RequestParam(required = false) @Nullable String origin,
      @RequestParam(defaultValue = "100") int limit,
      @RequestParam(required = false) @Nullable String cursor,
      Authentication who) {
    return view(
        desk.discardAll(choice(cause, origin, false), number(cursor, 0), bounded(limit), who));
  }

  private static Choice choice(
      @Nullable String cause, @Nullable String origin, boolean resubmittable) {
    if (cause == null && origin == null) {
      throw new IllegalArgumentException(
          "cause or origin is missing: name a part of the cause, or the topic or gateway");
    }
    return new Choice(checked("cause", cause), checked("origin", origin), resubmittable);
  }

  private static @Nullable String checked(String name, @Nullable String text) {
    if (text != null && (text.isBlank() || text.length() > MAX_TEXT || text.indexOf('\0') >= 0)) {
      throw new IllegalArgumentException(name + " must be 1 to " + MAX_TEXT + " characters");
    }
    return text;
  }

  private static int bounded(int limit) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT + ", not " + limit);
    }
    return limit;
  }

  private static long number(@Nullable String cursor, long without) {
    try {
      return cursor == null ? without : Long.parseLong(cursor);
    } catch (NumberFormatException notOurs) {
      throw new IllegalArgumentException("cursor is not one of this service", notOurs);
    }
  }

  private static @Nullable String text(@Nullable Long id) {
    return id == null ? null : Long.toString(id);
  }

  private QuarantineSweep view(Sweep sweep) {
    quarantine.count();
    return new QuarantineSweep(
        sweep.done(), sweep.refused(), sweep.skipped(), sweep.left(), text(sweep.next()));
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
