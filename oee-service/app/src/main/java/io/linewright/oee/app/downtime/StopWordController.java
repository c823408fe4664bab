package io.linewright.oee.app.downtime;

import io.linewright.oee.app.IdempotencyKey;
import io.linewright.oee.app.Requester;
import io.linewright.oee.app.Rfc3339;
import io.linewright.oee.app.Times;
import io.linewright.oee.app.downtime.StopDesk.Taken;
import io.linewright.oee.app.downtime.StopDesk.Wish;
import io.linewright.oee.app.downtime.StopViews.SaidView;
import io.linewright.oee.app.word.Author;
import io.linewright.oee.downtime.StopWord;
import io.linewright.oee.downtime.StopWord.Classified;
import io.linewright.oee.downtime.StopWord.Commented;
import io.linewright.oee.downtime.StopWord.Split;
import io.linewright.oee.downtime.StopWord.Unclassified;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** What people say of stops. */
@RestController
@Tag(name = "Stops")
class StopWordController {

  private static final String RULES =
      " Needs the role operator or admin, a right to the machine, If-Match with the ETag of the"
          + " stop, and an Idempotency-Key: 201, or 200 if the same was said with it before.";
  private static final int MAX_REASON = 200;
  private static final int MAX_COMMENT = 2_000;

  /**
   * Why a machine stood still.
   *
   * @param reason code of a leaf of the machine's reason tree
   * @param comment up to 2,000 characters; missing: nothing
   */
  record Classification(@Nullable String reason, @Nullable String comment) {}

  /**
   * Where a stop is divided.
   *
   * @param at an instant in it
   */
  record Division(@Nullable String at) {}

  /**
   * What a stop is made one with.
   *
   * @param with id of the stop before or after it
   */
  record Union(@Nullable String with) {}

  /**
   * Something to be known of a stop.
   *
   * @param text up to 2,000 characters; empty: no comment any more
   */
  record Comment(@Nullable String text) {}

  private final StopDesk desk;
  private final InstantSource clock;

  StopWordController(StopDesk desk, InstantSource clock) {
    this.desk = desk;
    this.clock = clock;
  }

  @PostMapping(
      path = "/api/v1/stops/{id}/classifications",
      consumes = "application/json",
      produces = "application/json")
  @Operation(
      operationId = "classifyStop",
      summary = "Say why a machine stood still",
      description = "The reason is the code of a leaf." + RULES)
  ResponseEntity<SaidView> classify(
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @RequestHeader("Idempotency-Key") String idempotencyKey,
      @RequestBody Classification wish,
      Authentication who) {
    String reason = text("reason", wish.reason(), 1, MAX_REASON);
    String comment =
        wish.comment() == null ? null : text("comment", wish.comment(), 0, MAX_COMMENT);
    return say(
        id,
        Wish.of(
            (found, said) -> {
              List<StopWord> words = new ArrayList<>();
              words.add(new Classified(said, reason));
              if (comment != null) {
                words.add(new Commented(said, comment));
              }
              return words;
            }),
        ifMatch,
        author(who, idempotencyKey, "classify", id, reason, comment),
        who);
  }

  @DeleteMapping(path = "/api/v1/stops/{id}/classifications", produces = "application/json")
  @Operation(
      operationId = "unclassifyStop",
      summary = "Take back why a machine stood still: what the machine says holds",
      description =
          "Needs the role operator or admin, a right to the machine, and If-Match with the ETag of"
              + " the stop.")
  ResponseEntity<SaidView> unclassify(
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      Authentication who) {
    return say(
        id,
        Wish.of((found, said) -> List.of(new Unclassified(said))),
        ifMatch,
        author(who, null, "unclassify", id),
        who);
  }

  @PostMapping(
      path = "/api/v1/stops/{id}/splits",
      consumes = "application/json",
      produces = "application/json")
  @Operation(
      operationId = "splitStop",
      summary = "Divide a stop: it was two, one after the other",
      description = "Each part can then have its own reason." + RULES)
  ResponseEntity<SaidView> split(
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @RequestHeader("Idempotency-Key") String idempotencyKey,
      @RequestBody Division wish,
      Authentication who) {
    long at = Rfc3339.parse("at", text("at", wish.at(), 1, 100));
    return say(
        id,
        Wish.of((found, said) -> List.of(new Split(said, at))),
        ifMatch,
        author(who, idempotencyKey, "split", id, at),
        who);
  }

  @PostMapping(
      path = "/api/v1/stops/{id}/merges",
      consumes = "application/json",
      produces = "application/json")
  @Operation(
      operationId = "mergeStops",
      summary = "Make two stops one: what was production between them was none",
      description = "with is the id of the stop before or after it." + RULES)
  ResponseEntity<SaidView> merge(
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @RequestHeader("Idempotency-Key") String idempotencyKey,
      @RequestBody Union wish,
      Authentication who) {
    StopKey with = StopKey.parse(text("with", wish.with(), 1, 100));
    return say(
        id,
        new Wish(with, (found, said) -> StopDesk.merge(said)),
        ifMatch,
        author(who, idempotencyKey, "merge", id, with),
        who);
  }

  @PostMapping(
      path = "/api/v1/stops/{id}/comments",
      consumes = "application/json",
      produces = "application/json")
  @Operation(
      operationId = "commentStop",
      summary = "Say something of a stop for others to read",
      description = "The latest comment holds; an empty one takes it back." + RULES)
  ResponseEntity<SaidView> comment(
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @RequestHeader("Idempotency-Key") String idempotencyKey,
      @RequestBody Comment wish,
      Authentication who) {
    String text = text("text", wish.text(), 0, MAX_COMMENT);
    return say(
        id,
        Wish.of((found, said) -> List.of(new Commented(said, text))),
        ifMatch,
        author(who, idempotencyKey, "comment", id, text),
        who);
  }

  @DeleteMapping(path = "/api/v1/stops/{id}/words/{word}", produces = "application/json")
  @Operation(
      operationId = "withdrawStopWord",
      summary = "Take one word about a stop back, as if nobody had said it",
      description =
          "So a split or a merge is undone; word is its number in the history. Needs the role"
              + " operator or admin, a right to the machine, and If-Match with the ETag of the"
              + " stop.")
  ResponseEntity<SaidView> withdraw(
      @PathVariable String id,
      @PathVariable long word,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      Authentication who) {
    return say(
        id,
        Wish.of((found, said) -> desk.withdrawal(found, said, word)),
        ifMatch,
        author(who, null, "withdraw", id, word),
        who);
  }

  private ResponseEntity<SaidView> say(
      String id, Wish wish, @Nullable String ifMatch, Author author, Authentication who) {
    return desk.say(
        StopKey.parse(id),
        wish,
        ifMatch,
        author,
        Requester.of(who),
        taken ->
            ResponseEntity.status(
                    taken.repeated() || author.idempotencyKey() == null
                        ? HttpStatus.OK
                        : HttpStatus.CREATED)
                .body(view(taken)));
  }

  private static SaidView view(Taken taken) {
    return new SaidView(
        taken.stops().stream()
            .map(found -> StopViews.stop(taken.snapshot(), found, null))
            .toList());
  }

  private Author author(
      Authentication who, @Nullable String idempotencyKey, @Nullable Object... parts) {
    return Author.of(
        Requester.of(who).name(),
        Times.micros(clock.instant()),
        idempotencyKey == null ? null : IdempotencyKey.of(idempotencyKey),
        parts);
  }

  private static String text(String name, @Nullable String text, int least, int most) {
    if (text == null || text.length() < least || text.length() > most) {
      throw new IllegalArgumentException(
          "%s must be a text of %d to %d characters".formatted(name, least, most));
    }
    return text;
  }
}
