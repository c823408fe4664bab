package io.linewright.ingest.app.loss;

import static io.linewright.ingest.app.registry.Tag.under;

import io.linewright.ingest.app.NextLink;
import io.linewright.ingest.app.registry.Registry;
import io.linewright.ingest.registry.Stretch;
import io.linewright.ingest.registry.Timeline.Owned;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.event.SamplesLost;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
   * @param equipment present path of the device, or of the gateway if its devices cannot be told
   *     apart
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
  private final Registry registry;

  LossController(LossStore store, Registry registry) {
    this.store = store;
    this.registry = registry;
  }

  @GetMapping(path = "/api/v1/losses", produces = "application/json")
  @Operation(
      operationId = "losses",
      summary = "Values that are known to be lost, newest first",
      description =
          "Told by gateways (log full or too old, record set aside, unclean stop) and bridges"
              + " (gaps of foreign nodes). With ?equipment= only of what is at and below that path,"
              + " wherever it was when they began. The newest 100,000 are kept.")
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
    long below = below(cursor);
    registry.refresh();
    List<LostSamples> found =
        store.newest(path == null ? null : of(path), below, limit + 1).stream()
            .map(this::view)
            .toList();
    if (found.size() <= limit) {
      return new LossPage(found, null);
    }
    String next = Long.toString(found.get(limit - 1).id());
    NextLink.add(request, response, next);
    return new LossPage(found.subList(0, limit), next);
  }

  /**
   * Where losses of what is at and below a path begin: at all addresses that it had. What has been
   * replaced is where it was last, as in the list of all.
   */
  private List<Stretch> of(String top) {
    return store.addresses().stream()
        .flatMap(address -> registry.owners(address).stream())
        .map(Owned::stretch)
        .filter(one -> under(registry.pathOf(one.address(), one.fromMicros()), top))
        .toList();
  }

  private static long below(@Nullable String cursor) {
    try {
      return cursor == null ? Long.MAX_VALUE : Long.parseLong(cursor);
    } catch (NumberFormatException notOurs) {
      throw new IllegalArgumentException("cursor is not one of this service", notOurs);
    }
  }

  private LostSamples view(LossStore.Kept kept) {
    SamplesLost loss = kept.loss();
    return new LostSamples(
        kept.id(),
        registry.pathOf(loss.equipment(), ChronoUnit.MICROS.between(Instant.EPOCH, loss.from())),
        loss.from(),
        loss.to(),
        loss.count(),
        loss.reason(),
        loss.tags(),
        loss.tagCount(),
        kept.toldAt());
  }
}
