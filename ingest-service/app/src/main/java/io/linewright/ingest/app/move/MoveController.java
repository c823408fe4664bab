package io.linewright.ingest.app.move;

import io.linewright.ingest.app.answer.Rfc3339;
import io.linewright.ingest.app.command.Requester;
import io.linewright.ingest.app.registry.EquipmentMoves;
import io.linewright.ingest.app.registry.Placement;
import io.linewright.kit.problem.RefusedException;
import io.linewright.model.equipment.EquipmentPath;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Equipment")
class MoveController {

  private static final int MAX_REASON = 1_000;

  /**
   * A move that has happened.
   *
   * @param from path at which the equipment was
   * @param to path at which it is; its parts go with it
   * @param time since when, RFC 3339; missing: now
   * @param reason why, 1 to 1,000 characters
   */
  record MoveReport(
      @Nullable String from, @Nullable String to, @Nullable String time, @Nullable String reason) {}

  /** The equipment at its new place and its parts, ordered by path. */
  record MoveResult(List<Placement> places) {}

  private final EquipmentMoves moves;

  MoveController(EquipmentMoves moves) {
    this.moves = moves;
  }

  @PostMapping(
      path = "/api/v1/equipment/moves",
      consumes = "application/json",
      produces = "application/json")
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(
      operationId = "moveEquipment",
      summary = "Report that equipment is at another place",
      description =
          "It goes with all its parts, keeps its id and its past, and its values go on arriving"
              + " under the former path until the gateway's file names the new one. The former path"
              + " stays an alias for reading until other equipment comes to it. time may lie in the"
              + " past, but not before the equipment came to where it is. 409 place-taken: other"
              + " equipment is at the new place. The same report again changes nothing.")
  MoveResult move(@RequestBody MoveReport report, Authentication who) {
    EquipmentPath from = EquipmentPath.parse(needed("from", report.from()));
    EquipmentPath to = EquipmentPath.parse(needed("to", report.to()));
    String reason = needed("reason", report.reason());
    if (reason.isBlank() || reason.length() > MAX_REASON) {
      throw new IllegalArgumentException("reason must be 1 to " + MAX_REASON + " characters");
    }
    String time = report.time();
    Instant since =
        time == null ? null : Instant.EPOCH.plus(Rfc3339.parse("time", time), ChronoUnit.MICROS);
    Requester requester = Requester.of(who);
    if (!requester.mayChange(from.toString()) || !requester.mayChange(to.toString())) {
      throw new RefusedException(
          HttpStatus.NOT_FOUND, "not-found", "There is no equipment at " + from + " now");
    }
    return new MoveResult(
        moves.enter(new EquipmentMoves.Report(from, to, since, requester.name(), reason)));
  }

  private static String needed(String name, @Nullable String text) {
    if (text == null) {
      throw new IllegalArgumentException(
          "%s is missing; write {\"from\":\"PATH\",\"to\":\"PATH\",\"reason\":\"…\"}"
              .formatted(name));
    }
    return text;
  }
}
