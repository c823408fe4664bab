package io.linewright.oee.app.recompute;

import io.linewright.kit.problem.RefusedException;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.app.IdempotencyKey;
import io.linewright.oee.app.Requester;
import io.linewright.oee.app.read.AskedRange;
import io.linewright.oee.app.recompute.Recomputations.Recomputation;
import io.linewright.oee.app.recompute.Recomputations.Taken;
import io.linewright.oee.range.TimeQuestion;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.InstantSource;
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
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Results", description = "What is kept of time that is over")
class RecomputationController {

  /**
   * Which time is to be computed again.
   *
   * @param equipment machines at it and below; null: all
   */
  record Wanted(@Nullable String equipment, @Nullable String from, @Nullable String to) {}

  private final Recomputations recomputations;
  private final InstantSource clock;

  RecomputationController(Recomputations recomputations, InstantSource clock) {
    this.recomputations = recomputations;
    this.clock = clock;
  }

  @PostMapping(
      path = "/api/v1/oee/recomputations",
      consumes = "application/json",
      produces = "application/json")
  @Operation(
      operationId = "recompute",
      summary = "Compute results of a time again",
      description =
          "Needs the role admin. Nobody has to ask for it: whatever changes results is computed by"
              + " itself. It proves that results are what their events say: where nothing has"
              + " changed nothing is written. Answers go on meanwhile, computed from the events.",
      responses = {
        @ApiResponse(responseCode = "202", description = "Marked", useReturnTypeSchema = true),
        @ApiResponse(
            responseCode = "200",
            description = "Asked for before with the same Idempotency-Key",
            useReturnTypeSchema = true)
      })
  ResponseEntity<Recomputation> recompute(
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
      @RequestBody Wanted wanted,
      Authentication who) {
    if (idempotencyKey == null) {
      throw new IllegalArgumentException(
          "the header Idempotency-Key is missing; send a new UUID with each recomputation");
    }
    Requester requester = Requester.of(who);
    EquipmentPath equipment =
        wanted.equipment() == null ? null : EquipmentPath.parse(wanted.equipment());
    boolean may = equipment == null ? requester.mayChangeAll() : requester.mayChange(equipment);
    if (!may) {
      throw new RefusedException(
          HttpStatus.FORBIDDEN,
          "forbidden",
          "%s may not have results of %s computed again"
              .formatted(requester.name(), equipment == null ? "the whole plant" : equipment));
    }
    if (!(AskedRange.of(wanted.from(), wanted.to(), null) instanceof TimeQuestion.Between asked)) {
      throw new IllegalArgumentException("say from and to");
    }
    Taken taken =
        recomputations.take(
            equipment, asked.span(), requester, IdempotencyKey.of(idempotencyKey), clock.instant());
    return ResponseEntity.status(taken.repeated() ? HttpStatus.OK : HttpStatus.ACCEPTED)
        .location(URI.create("/api/v1/oee/recomputations/" + taken.recomputation().id()))
        .body(taken.recomputation());
  }

  @GetMapping(path = "/api/v1/oee/recomputations/{id}", produces = "application/json")
  @Operation(
      operationId = "recomputation",
      summary = "How far a recomputation is",
      description =
          "state is running or done. machineDays are days of machines; done counts about how many"
              + " of them were computed again.")
  Recomputation recomputation(@PathVariable UUID id) {
    return recomputations
        .find(id)
        .orElseThrow(
            () ->
                new RefusedException(
                    HttpStatus.NOT_FOUND, "not-found", "There is no recomputation " + id));
  }
}
