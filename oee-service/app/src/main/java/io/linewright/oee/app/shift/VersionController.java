package io.linewright.oee.app.shift;

import io.linewright.kit.problem.RefusedException;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.production.ElementSums;
import io.linewright.model.production.MachineSums;
import io.linewright.oee.app.Times;
import io.linewright.oee.app.registry.Machine;
import io.linewright.oee.app.registry.Machines;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Results", description = "What is kept of time that is over")
class VersionController {

  /** Most versions of a shift that are answered, the latest. */
  private static final int MOST = 1_000;

  record Version(
      int version,
      String inputHash,
      String cause,
      Instant toldAt,
      boolean provisional,
      List<MachineSums> machines,
      ElementSums lineSums) {}

  record Versions(String line, String shift, List<Version> versions) {}

  private final ShiftResults results;
  private final Machines machines;

  VersionController(ShiftResults results, Machines machines) {
    this.results = results;
    this.machines = machines;
  }

  @GetMapping(path = "/api/v1/oee/versions", produces = "application/json")
  @Operation(
      operationId = "shiftVersions",
      summary = "What was told of a line's shift, and each correction",
      description =
          "line is its path, shift the plant day and the name of the shift, as 2026-03-29/night. The"
              + " latest version first, at most 1000. Each was told on the topic linewright.oee.v1"
              + " too.")
  Versions versions(@RequestParam String line, @RequestParam String shift) {
    EquipmentPath path = EquipmentPath.parse(line);
    int slash = shift.indexOf('/');
    if (slash < 1 || slash == shift.length() - 1) {
      throw new IllegalArgumentException(
          "shift must be a plant day and a name, as 2026-03-29/night, not '%s'".formatted(shift));
    }
    LocalDate day = day(shift.substring(0, slash));
    machines.refresh();
    int lineId =
        machines.all().stream()
            .filter(machine -> machine.line().equals(path.toString()))
            .findFirst()
            .map(Machine::lineId)
            .orElseThrow(() -> unknown("No machine was first known on the line " + path));
    int shiftNo =
        results
            .number(lineId, day, shift.substring(slash + 1))
            .orElseThrow(() -> unknown("Nothing was told of %s of %s".formatted(shift, path)));
    return new Versions(
        path.toString(),
        shift,
        results.told(lineId, shiftNo, MOST).stream().map(VersionController::version).toList());
  }

  private static Version version(ShiftResults.Told told) {
    return new Version(
        told.version(),
        told.inputs().toString(),
        told.cause(),
        Times.instant(told.toldMicros()),
        told.figures().provisional(),
        told.figures().machines(),
        told.figures().lineSums());
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException wrong) {
      throw new IllegalArgumentException(
          "a plant day is written as 2026-03-29, not '%s'".formatted(text), wrong);
    }
  }

  private static RefusedException unknown(String what) {
    return new RefusedException(HttpStatus.NOT_FOUND, "not-found", what);
  }
}
