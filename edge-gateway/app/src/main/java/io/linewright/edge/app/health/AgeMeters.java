package io.linewright.edge.app.health;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Map;

/** Data age of every device as a gauge. */
final class AgeMeters {

  private final MultiGauge gauge;

  AgeMeters(MeterRegistry registry) {
    gauge =
        MultiGauge.builder("linewright.edge.data.age")
            .description("Time since the device gave a value")
            .baseUnit("seconds")
            .register(registry);
  }

  /** Takes ages in seconds, by place of the device; others are forgotten. */
  void ages(Map<String, Long> byPlace) {
    List<Row<?>> rows =
        byPlace.entrySet().stream()
            .<Row<?>>map(entry -> Row.of(Tags.of("device", entry.getKey()), entry.getValue()))
            .toList();
    gauge.register(rows, true);
  }
}
