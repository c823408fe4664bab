package io.linewright.ingest.app.command;

import io.linewright.ingest.app.IdempotencyKey;
import io.linewright.ingest.app.NextLink;
import io.linewright.ingest.app.command.CommandViews.CommandPage;
import io.linewright.ingest.app.command.CommandViews.CommandView;
import io.linewright.ingest.app.registry.Registry;
import io.linewright.ingest.app.registry.Tag;
import io.linewright.ingest.command.CommandHistory;
import io.linewright.ingest.command.WantedValue;
import io.linewright.kit.problem.RefusedException;
import io.linewright.model.command.CommandStep;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.equipment.ValueRange;
import io.linewright.model.sample.SampleValue;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@io.swagger.v3.oas.annotations.tags.Tag(
    name = "Commands",
    description = "Values that somebody wants written to machines")
class CommandController {

  private static final int MAX_LIMIT = 500;

  /**
   * What somebody wants.
   *
   * @param tag {@code path#name}
   * @param value true or false, a number, a text; bytes as Base64
   * @param expiresInSeconds 1 to 86,400; missing: 30
   * @param reason at most 1,000 characters; may be missing
   */
  record CommandWish(
      @Nullable String tag,
      @Nullable Object value,
      @Nullable Long expiresInSeconds,
      @Nullable String reason) {}

  private final CommandDesk desk;
  private final CommandStore store;
  private final Registry registry;
  private final InstantSource clock;

  CommandController(CommandDesk desk, CommandStore store, Registry registry, InstantSource clock) {
    this.desk = desk;
    this.store = store;
    this.registry = registry;
    this.clock = clock;
  }

  @PostMapping(
      path = "/api/v1/commands",
      consumes = "application/json",
      produces = "application/json")
  @Operation(
      operationId = "sendCommand",
      summary = "Ask for a value to be written to a machine",
      description =
          "Needs the role operator or admin, and a right to the tag's equipment; a tag outside of"
              + " it is not found. 202: it is on its way, Location tells how far. The same key with"
              + " the same body is the same command; with another one it is refused (422).",
      responses =
          @ApiResponse(
              responseCode = "202",
              description = "On its way; Location tells how far",
              useReturnTypeSchema = true))
  ResponseEntity<CommandView> send(
      @RequestHeader("Idempotency-Key") String idempotencyKey,
      @RequestBody CommandWish wish,
      Authentication who) {
    Requester requester = Requester.of(who);
    String key = IdempotencyKey.of(idempotencyKey);
    TagKey wanted = TagKey.parse(wish.tag() == null ? "" : wish.tag());
    if (wanted.name().value().equals(WriteStopController.TAG)) {
      throw new IllegalArgumentException(
          "writes are stopped and allowed by PUT /api/v1/gateways/{id}/write-stop");
    }
    var life = CommandRequests.life(wish.expiresInSeconds());
    String reason = CommandRequests.reason(wish.reason());
    if (!requester.mayChange(wanted.equipment().toString())) {
      throw new RefusedException(HttpStatus.NOT_FOUND, "not-found", "There is no tag " + wanted);
    }
    Tag tag = registry.require(wanted);
    Command command =
        desk.take(
            new CommandDesk.Order(
                tag.path(),
                tag.name(),
                value(tag, wish.value()),
                life,
                reason,
                requester.name(),
                key,
                requester.right(),
                false));
    return accepted(command, clock.instant());
  }

  @GetMapping(path = "/api/v1/commands/{id}", produces = "application/json")
  @Operation(
      operationId = "command",
      summary = "One command with all that was told of it",
      description =
          "state is the name of a step, or no-answer: no final step is known a minute after the"
              + " expiry. Then nobody here knows whether it was executed.")
  CommandView command(@PathVariable UUID id) {
    return store
        .find(id)
        .map(command -> CommandViews.view(command, clock.instant()))
        .orElseThrow(
            () ->
                new RefusedException(
                    HttpStatus.NOT_FOUND, "not-found", "There is no command " + id));
  }

  @GetMapping(path = "/api/v1/commands", produces = "application/json")
  @Operation(
      operationId = "commands",
      summary = "Commands, newest first",
      description =
          "With ?equipment= only those to that path and below; with ?state= only those that are so"
              + " far now. The newest 100,000 are kept.")
  CommandPage list(
      @RequestParam(required = false) @Nullable String equipment,
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT + ", not " + limit);
    }
    if (state != null && !state.equals(CommandStore.NO_ANSWER) && CommandStep.of(state).isEmpty()) {
      throw new IllegalArgumentException("there is no state '" + state + "' of commands");
    }
    String path = equipment == null ? null : EquipmentPath.parse(equipment).toString();
    Instant now = clock.instant();
    List<Command> found =
        store.newest(path, state, now.minus(CommandHistory.GRACE), below(cursor), limit + 1);
    boolean last = found.size() <= limit;
    List<CommandView> shown =
        found.stream().limit(limit).map(command -> CommandViews.view(command, now)).toList();
    if (last) {
      return new CommandPage(shown, null);
    }
    String next = Long.toString(found.get(limit - 1).number());
    NextLink.add(request, response, next);
    return new CommandPage(shown, next);
  }

  /** 202 with the place where the command's state is told. */
  static ResponseEntity<CommandView> accepted(Command command, Instant now) {
    return ResponseEntity.accepted()
        .location(URI.create("/api/v1/commands/" + command.request().id()))
        .body(CommandViews.view(command, now));
  }

  private static SampleValue value(Tag tag, @Nullable Object written) {
    return switch (WantedValue.of(tag.type(), range(tag), written)) {
      case WantedValue.Fit(SampleValue value) -> value;
      case WantedValue.Unfit(String reason) ->
          throw new RefusedException(
              HttpStatus.UNPROCESSABLE_CONTENT, "unfit-value", tag.key() + ": " + reason);
    };
  }

  private static @Nullable ValueRange range(Tag tag) {
    Double low = tag.rangeLow();
    Double high = tag.rangeHigh();
    return low == null && high == null
        ? null
        : new ValueRange(
            low == null ? -Double.MAX_VALUE : low, high == null ? Double.MAX_VALUE : high);
  }

  private static long below(@Nullable String cursor) {
    try {
      return cursor == null ? Long.MAX_VALUE : Long.parseLong(cursor);
    } catch (NumberFormatException notOurs) {
      throw new IllegalArgumentException("cursor is not one of this service", notOurs);
    }
  }
}
