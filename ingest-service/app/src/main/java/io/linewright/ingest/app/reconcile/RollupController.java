package io.linewright.ingest.app.reconcile;

import io.linewright.ingest.rollup.Level;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.LocalDate;
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

  /**
   * A pass over all days and tags that has come to its end.
   *
   * @param days how many days of tags were compared with their samples
   * @param mismatches how many of them differed
   */
  record EndedPass(Instant beganAt, Instant endedAt, long days, long mismatches) {}

  /**
   * The pass over all days and tags, the newest day first.
   *
   * @param beganAt of the one that is under way; null: the next one begins soon
   * @param day that it compares, UTC
   * @param days how many days of tags it has compared with their samples
   * @param mismatches how many of them differed
   * @param last the last one that came to its end; null: none has
   */
  record PassView(
      @Nullable Instant beganAt,
      @Nullable LocalDate day,
      long days,
      long mismatches,
      @Nullable EndedPass last) {}

  /** State of roll-ups, newest mismatches first. */
  record RollupsView(List<LevelView> levels, PassView pass, List<Mismatch> mismatches) {}

  private final MismatchStore store;
  private final PassStore passes;

  RollupController(MismatchStore store, PassStore passes) {
    this.store = store;
    this.passes = passes;
  }

  @GetMapping(path = "/api/v1/rollups", produces = "application/json")
  @Operation(
      operationId = "rollups",
      summary = "State of roll-ups: what waits, what was wrong",
      description =
          "Buckets that are marked are computed anew soon, and meanwhile nobody reads them. Random"
              + " hours of random tags are compared with their samples all the time, and a pass"
              + " compares every day of every tag, one after the other; a mismatch is a fault of"
              + " this software, please report it. The newest 1,000 are kept.")
  RollupsView state(@RequestParam(defaultValue = "50") int limit) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT + ", not " + limit);
    }
    Map<Level, Long> marks = store.marks();
    return new RollupsView(
        marks.entrySet().stream()
            .map(entry -> new LevelView(name(entry.getKey()), entry.getValue()))
            .toList(),
        pass(),
        store.newest(limit).stream().map(RollupController::view).toList());
  }

  private PassView pass() {
    PassStore.Place place = passes.place();
    PassStore.Ended last = passes.last();
    return new PassView(
        place.beganAt(),
        place.day() == null ? null : LocalDate.ofEpochDay(place.day()),
        place.days(),
        place.mismatches(),
        last == null
            ? null
            : new EndedPass(last.beganAt(), last.endedAt(), last.days(), last.mismatches()));
  }

  private static Mismatch view(MismatchStore.Kept kept) {
    return new Mismatch(
        kept.foundAt(), name(kept.level()), kept.tag(), kept.start(), kept.expected(), kept.kept());
  }

  private static String name(Level level) {
    return level.name().toLowerCase(Locale.ROOT);
  }
}
