package io.linewright.oee.app.figures;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.app.Times;
import io.linewright.oee.app.figures.Board.MachineNow;
import io.linewright.oee.app.read.OeeReader;
import io.linewright.oee.app.read.Scopes;
import io.linewright.oee.app.read.Standing;
import io.linewright.oee.time.Span;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "OEE")
class CurrentController {

  private static final int MAX_MACHINES = 200;

  /** Machines now, by path. */
  record CurrentAnswer(Instant time, List<MachineNow> machines) {}

  private final OeeReader reader;
  private final Scopes scopes;
  private final InstantSource clock;

  CurrentController(OeeReader reader, Scopes scopes, InstantSource clock) {
    this.reader = reader;
    this.scopes = scopes;
    this.clock = clock;
  }

  @GetMapping(path = "/api/v1/oee/current", produces = "application/json")
  @Operation(
      operationId = "oeeCurrent",
      summary = "What the machines do now, and what they made of the shift so far",
      description =
          "Of the machines that stand at or below equipment now, at most 200: state, figures of the"
              + " shift that is open (of the plant day, if none is), the newest reading of each counter,"
              + " order and product, and the stop that goes on.")
  CurrentAnswer current(@RequestParam(required = false) @Nullable String equipment) {
    long now = Times.micros(clock.instant());
    EquipmentPath path = equipment == null ? null : EquipmentPath.parse(equipment);
    List<Standing> standings = scopes.of(path, new Span(now, now + 1));
    if (standings.size() > MAX_MACHINES) {
      throw new IllegalArgumentException(
          "%d machines stand there, and at most %d are told at once; name a part of the plant"
              .formatted(standings.size(), MAX_MACHINES));
    }
    return new CurrentAnswer(
        Times.instant(now),
        reader.ask(
            snapshot ->
                standings.stream().map(standing -> Board.of(snapshot, standing, now)).toList()));
  }
}
