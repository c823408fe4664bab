package io.linewright.ingest.app.gateway;

import io.linewright.ingest.app.gateway.Gateways.Known;
import io.linewright.ingest.gateway.Canary;
import io.linewright.ingest.gateway.Canary.Kind;
import io.linewright.ingest.gateway.GatewayReport.Part;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Trips of canaries and ages of data as gauges. For one thread. */
final class GatewayMeters {

  private static final Duration DEVICES_EVERY = Duration.ofSeconds(5);

  private final MultiGauge trip;
  private final MultiGauge age;
  private final MultiGauge stalled;
  private final MultiGauge dataAge;
  private Instant nextDevices = Instant.EPOCH;

  GatewayMeters(MeterRegistry registry) {
    trip = gauge(registry, "linewright.canary.trip", "Trip of the last canary until storage");
    age = gauge(registry, "linewright.canary.age", "Time since the last canary came");
    stalled =
        MultiGauge.builder("linewright.canary.stalled")
            .description("1 while no canary comes")
            .register(registry);
    dataAge = gauge(registry, "linewright.device.data.age", "Time since the device gave a value");
  }

  private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
    return MultiGauge.builder(name).description(description).baseUnit("seconds").register(registry);
  }

  /** Takes the canaries as they stand. */
  void canaries(List<Canary> all, Instant now) {
    List<Row<?>> trips = new ArrayList<>();
    List<Row<?>> ages = new ArrayList<>();
    List<Row<?>> stalls = new ArrayList<>();
    for (Canary canary : all) {
      if (canary.kind() == Kind.GATEWAY) {
        Tags tags = Tags.of("gateway", canary.node());
        trips.add(Row.of(tags, canary.trip().toNanos() / 1e9));
        Duration since = Duration.between(canary.arrivedAt(), now);
        ages.add(Row.of(tags, Math.max(0, since.toMillis() / 1000.0)));
        stalls.add(Row.of(tags, canary.stalledAfter() == null ? 0 : 1));
      }
    }
    trip.register(trips, true);
    age.register(ages, true);
    stalled.register(stalls, true);
  }

  /** Takes what gateways said last of their devices, every five seconds as they do. */
  void devices(Supplier<List<Known>> all, Instant now) {
    if (now.isBefore(nextDevices) && now.isAfter(nextDevices.minus(DEVICES_EVERY))) {
      return;
    }
    nextDevices = now.plus(DEVICES_EVERY);
    devices(all.get());
  }

  private void devices(List<Known> gateways) {
    List<Row<?>> ages = new ArrayList<>();
    for (Known gateway : gateways) {
      for (Part device : gateway.report().devices()) {
        Long seconds = device.number("data-age-s");
        if (seconds != null) {
          Tags tags = Tags.of("gateway", gateway.path(), "device", device.name());
          ages.add(Row.of(tags, seconds));
        }
      }
    }
    dataAge.register(ages, true);
  }
}
