package io.linewright.ingest.app.gateway;

import io.linewright.ingest.app.canary.Canaries;
import io.linewright.ingest.app.gateway.GatewayViews.Backlog;
import io.linewright.ingest.app.gateway.GatewayViews.CanaryView;
import io.linewright.ingest.app.gateway.GatewayViews.GatewayView;
import io.linewright.ingest.app.registry.Registry;
import io.linewright.ingest.app.registry.Tag;
import io.linewright.ingest.app.telemetry.LastValue;
import io.linewright.ingest.app.telemetry.LastValueUpdate;
import io.linewright.ingest.app.telemetry.LastValues;
import io.linewright.ingest.gateway.Canary;
import io.linewright.ingest.gateway.Canary.Kind;
import io.linewright.ingest.gateway.GatewayReport;
import io.linewright.ingest.gateway.GatewayReport.Part;
import io.linewright.model.sample.SampleValue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts together what gateways said last, and when their canaries came. */
final class Gateways {

  private static final String ONLINE = "online";

  /**
   * A gateway with all that it said.
   *
   * @param path where it is
   * @param report its last words
   * @param lastMicros when the last of them was stored; null if nothing is known
   */
  record Known(String path, GatewayReport report, @Nullable Long lastMicros) {}

  private final Registry registry;
  private final LastValues lastValues;
  private final LastValueUpdate update;
  private final Canaries canaries;
  private final InstantSource clock;

  Gateways(
      Registry registry,
      LastValues lastValues,
      LastValueUpdate update,
      Canaries canaries,
      InstantSource clock) {
    this.registry = registry;
    this.lastValues = lastValues;
    this.update = update;
    this.canaries = canaries;
    this.clock = clock;
  }

  /**
   * All gateways that sent a canary ever, by path.
   *
   * @param below only those at and below this path; null: all
   */
  List<Known> known(@Nullable String below) {
    update.ensure();
    Map<String, List<Tag>> byPath = new TreeMap<>();
    List<Tag> all = List.copyOf(registry.tags());
    all.stream()
        .filter(tag -> tag.name().equals(Kind.GATEWAY.tag()) && tag.under(below))
        .forEach(tag -> byPath.put(tag.path(), new ArrayList<>()));
    for (Tag tag : all) {
      List<Tag> ofGateway = byPath.get(tag.path());
      if (ofGateway != null) {
        ofGateway.add(tag);
      }
    }
    return byPath.entrySet().stream().map(e -> known(e.getKey(), e.getValue())).toList();
  }

  private Known known(String path, List<Tag> tags) {
    GatewayReport report = new GatewayReport();
    Long last = null;
    for (Tag tag : tags) {
      LastValue value = lastValues.of(tag.id());
      if (value != null) {
        report.add(tag.name(), value.sample().value());
        // What the bridge says of a gateway is no word of the gateway.
        if (!tag.name().equals(ONLINE) && (last == null || value.ingestMicros() > last)) {
          last = value.ingestMicros();
        }
      }
    }
    return new Known(path, report, last);
  }

  /** The last canary of every gateway, by path. */
  Map<String, Canary> canaries() {
    Map<String, Canary> byNode = new HashMap<>();
    canaries.all().forEach(canary -> byNode.put(canary.node(), canary));
    return byNode;
  }

  /** A gateway as REST shows it. */
  GatewayView view(Known known, @Nullable Canary canary) {
    Part gateway = known.report().gateway();
    Instant now = clock.instant();
    Instant seen = lastSeen(known, canary);
    Long backlogAge = gateway.number("log/backlog-age-ms");
    return new GatewayView(
        registry.equipmentAt(known.path()).orElse(null),
        known.path(),
        gateway.truth(ONLINE),
        seen,
        seen == null ? null : seconds(seen, now),
        gateway.text("health/version"),
        gateway.text("health/config-hash"),
        gateway.text("health/config-error"),
        gateway.text("health/state"),
        new Backlog(
            gateway.number("log/backlog-records"),
            backlogAge == null ? null : backlogAge / 1000.0,
            gateway.number("log/bytes")),
        known.report().connections().size(),
        gateway.number("health/devices"),
        known.report().devicesIn("running"::equals),
        known.report().badTags(),
        canary == null ? null : view(canary, now));
  }

  private static @Nullable Instant lastSeen(Known known, @Nullable Canary canary) {
    Long micros = known.lastMicros();
    Instant said = micros == null ? null : Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    Instant arrived = canary == null ? null : canary.arrivedAt();
    return said == null || (arrived != null && arrived.isAfter(said)) ? arrived : said;
  }

  private static CanaryView view(Canary canary, Instant now) {
    return new CanaryView(
        canary.number(),
        canary.sentAt(),
        canary.arrivedAt(),
        seconds(canary.arrivedAt(), now),
        canary.trip().toNanos() / 1e9,
        canary.stalledAfter() != null,
        canary.stage());
  }

  private static double seconds(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toMillis() / 1000.0);
  }

  /** The last value of any tag; null if there is none. */
  @Nullable SampleValue last(String path, String name) {
    update.ensure();
    return registry
        .find(path, name)
        .map(tag -> lastValues.of(tag.id()))
        .map(value -> value.sample().value())
        .orElse(null);
  }
}
