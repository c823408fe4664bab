package io.linewright.ingest.app.reconcile;

import io.linewright.ingest.rollup.Level;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Roll-ups", description = "What minutes, hours and days of tags amount to")
class RollupController {

  private static final int MAX_LIMIT = 1_000;

  /**
   * Roll-ups of one width.
   *
   * @param level minute, hour or day
   * @param marks how many marks say that buckets are out of date
   */
  record LevelView(String level, long marks) {}

  /**
   * A roll-up that was wrong when it was compared with its samples.
   *
   * @param tag path#name
   * @param start begin of the bucket
   * @param expected what its samples amounted to; null: there were none
   * @param kept the roll-up; null: there was none
   */
  record Mismatch(
      Instant foundAt,
      String level,
      String tag,
      Instant start,
      @Nullable String expected,
      @Nullable String kept) {}

  /** State of roll-ups, newest mismatches first. */
  record RollupsView(List<LevelView> levels, List<Mismatch> mismatches) {}

  private final MismatchStore store;

  RollupController(MismatchStore store) {
    this.store = store;
  }

  @GetMapping(path = "/api/v1/rollups", produces = "application/json")
  @Operation(
      operationId = "rollups",
      summary = "State of roll-ups: what waits, what was wrong",
      description =
          "Buckets that are marked are computed anew soon, and meanwhile nobody reads them. Random"
              + " hours of random tags are compared with their samples all the time; a mismatch is a"
              + " fault of this software, please report it. The newest 1,000 are kept.")
  RollupsView state(@RequestParam(defaultValue = "50") int limit) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT + ", not " + limit);
    }
    Map<Level, Long> marks = store.marks();
    return new RollupsView(
        marks.entrySet().stream()
            .map(entry -> new LevelView(name(entry.getKey()), entry.getValue()))
            .toList(),
        store.newest(limit).stream().map(RollupController::view).toList());
  }

  private static Mismatch view(MismatchStore.Kept kept) {
    return new Mismatch(
        kept.foundAt(), name(kept.level()), kept.tag(), kept.start(), kept.expected(), kept.kept());
  }

  private static String name(Level level) {
    return level.name().toLowerCase(Locale.ROOT);
  }
}
