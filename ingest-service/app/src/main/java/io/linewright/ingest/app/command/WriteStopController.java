package io.linewright.ingest.app.command;

import io.linewright.ingest.app.IdempotencyKey;
import io.linewright.ingest.app.command.CommandViews.CommandView;
import io.linewright.ingest.app.registry.Registry;
import io.linewright.ingest.gateway.Canary;
import io.linewright.kit.problem.RefusedException;
import io.linewright.model.sample.SampleValue;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@RestController
@io.swagger.v3.oas.annotations.tags.Tag(name = "Commands")
class WriteStopController {

  /** The gateway's own tag that is the switch: true while it writes nothing. */
  static final String TAG = "commands/stopped";

  /** A gateway that is away is to hear it when it comes back. */
  private static final Duration STOP_LIFE = Duration.ofDays(1);

  /** What allows writes must not come late. */
  private static final Duration ALLOW_LIFE = Duration.ofSeconds(60);

  /**
   * How the switch is to stand.
   *
   * @param stopped true: the gateway writes nothing to machines from then on; false: it may again
   * @param reason at most 1,000 characters; may be missing
   */
  record WriteStop(@Nullable Boolean stopped, @Nullable String reason) {}

  private final CommandDesk desk;
  private final Registry registry;
  private final InstantSource clock;

  WriteStopController(CommandDesk desk, Registry registry, InstantSource clock) {
    this.desk = desk;
    this.registry = registry;
    this.clock = clock;
  }

  @PutMapping(
      path = "/api/v1/gateways/{id}/write-stop",
      consumes = "application/json",
      produces = "application/json")
  @Operation(
      operationId = "writeStop",
      summary = "Stop all writes of a gateway, or allow them again",
      description =
          "id is that of the gateway as equipment. An operator may stop, only an admin may allow"
              + " again. It is a command to the gateway's own tag commands/stopped, and its state"
              + " is told as that of any command. Stopping waits a day for a gateway that is away;"
              + " allowing expires after a minute.",
      responses =
          @ApiResponse(
              responseCode = "202",
              description = "On its way; Location tells how far",
              useReturnTypeSchema = true))
  ResponseEntity<CommandView> writeStop(
      @PathVariable UUID id,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
      @RequestBody WriteStop wish,
      Authentication who) {
    Requester requester = Requester.of(who);
    Boolean stopped = wish.stopped();
    if (stopped == null) {
      throw new IllegalArgumentException("stopped must be true or false");
    }
    String key =
        idempotencyKey == null ? UUID.randomUUID().toString() : IdempotencyKey.of(idempotencyKey);
    String reason = CommandRequests.reason(wish.reason());
    String path = gateway(id, requester);
    if (!stopped && !requester.admin()) {
      throw new RefusedException(
          HttpStatus.FORBIDDEN, "forbidden", "Only an admin may allow writes again");
    }
    Command command =
        desk.take(
            new CommandDesk.Order(
                path,
                TAG,
                SampleValue.of(stopped.booleanValue()),
                stopped ? STOP_LIFE : ALLOW_LIFE,
                reason,
                requester.name(),
                key,
                requester.right(),
                stopped));
    return CommandController.accepted(command, clock.instant());
  }

  /** A gateway is equipment that sends canaries. */
  private String gateway(UUID id, Requester requester) {
    return registry
        .pathOf(id)
        .filter(requester::mayChange)
        .filter(path -> registry.find(path, Canary.Kind.GATEWAY.tag()).isPresent())
        .orElseThrow(
            () ->
                new RefusedException(
                    HttpStatus.NOT_FOUND, "not-found", "There is no gateway " + id));
  }
}
