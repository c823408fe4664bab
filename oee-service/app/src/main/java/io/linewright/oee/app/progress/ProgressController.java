package io.linewright.oee.app.progress;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.app.NextLink;
import io.linewright.oee.app.progress.ProgressStore.MachineProgress;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "OEE", description = "What the machines of the plant made of their time")
class ProgressController {

  private static final int MAX_LIMIT = 1_000;

  /**
   * A page of machines, ordered by path.
   *
   * @param next cursor of the next page; null on the last
   */
  record ProgressPage(List<MachineProgress> machines, @Nullable String next) {}

  private final ProgressStore store;

  ProgressController(ProgressStore store) {
    this.store = store;
  }

  @GetMapping(path = "/api/v1/oee/progress", produces = "application/json")
  @Operation(
      operationId = "oeeProgress",
      summary = "How far the service has come with each machine",
      description =
          "The machines that stand at or below equipment, now: how many events it has of each, up to"
              + " when all were told, up to when figures are stored, and how many stretches of them"
              + " wait to be computed anew. limit is 1 to 1000.")
  ProgressPage progress(
      @RequestParam(required = false) @Nullable String equipment,
      @RequestParam(defaultValue = "100") int limit,
      @RequestParam(required = false) @Nullable String cursor,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT + ", not " + limit);
    }
    String below = equipment == null ? null : EquipmentPath.parse(equipment).toString();
    List<MachineProgress> found = store.below(below, cursor, limit + 1);
    if (found.size() <= limit) {
      return new ProgressPage(found, null);
    }
    String next = found.get(limit - 1).machine();
    NextLink.add(request, response, next);
    return new ProgressPage(found.subList(0, limit), next);
  }
}
