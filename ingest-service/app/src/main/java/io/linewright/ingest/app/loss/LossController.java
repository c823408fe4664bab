package io.linewright.ingest.app.loss;

import io.linewright.ingest.app.NextLink;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.event.SamplesLost;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Losses", description = "Values that are known to be lost")
class LossController {

  private static final int MAX_LIMIT = 500;

  /**
   * A loss.
   *
   * @param equipment path of the device, or of the gateway if its devices cannot be told apart
   * @param from begin of the time in which values are missing
   * @param to its end
   * @param count how many values; null: unknown
   * @param tags names of the tags, the first 50; null: unknown
   * @param tagCount how many tags; null: unknown
   * @param toldAt when the platform came to know
   */
  record LostSamples(
      long id,
      String equipment,
      Instant from,
      Instant to,
      @Nullable Long count,
      String reason,
      @Nullable List<String> tags,
      @Nullable Integer tagCount,
      Instant toldAt) {}

  /** A page, newest first. */
  record LossPage(List<LostSamples> losses, @Nullable String next) {}

  private final LossStore store;

  LossController(LossStore store) {
    this.store = store;
  }

  @GetMapping(path = "/api/v1/losses", produces = "application/json")
  @Operation(
      operationId = "losses",
      summary = "Values that are known to be lost, newest first",
      description =
          "Told by gateways (log full or too old, record set aside, unclean stop) and bridges"
              + " (gaps of foreign nodes). With ?equipment= only at and below that path. The newest"
              + " 100,000 are kept.")
  LossPage list(
      @RequestParam(required = false) @Nullable String equipment,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT + ", not " + limit);
    }
    String path = equipment == null ? null : EquipmentPath.parse(equipment).toString();
    List<LostSamples> found =
        store.newest(path, below(cursor), limit + 1).stream().map(LossController::view).toList();
    if (found.size() <= limit) {
      return new LossPage(found, null);
    }
    String next = Long.toString(found.get(limit - 1).id());
    NextLink.add(request, response, next);
    return new LossPage(found.subList(0, limit), next);
  }

  private static long below(@Nullable String cursor) {
    try {
      return cursor == null ? Long.MAX_VALUE : Long.parseLong(cursor);
    } catch (NumberFormatException notOurs) {
      throw new IllegalArgumentException("cursor is not one of this service", notOurs);
    }
  }

  private static LostSamples view(LossStore.Kept kept) {
    SamplesLost loss = kept.loss();
    return new LostSamples(
        kept.id(),
        loss.equipment(),
        loss.from(),
        loss.to(),
        loss.count(),
        loss.reason(),
        loss.tags(),
        loss.tagCount(),
        kept.toldAt());
  }
}
