package io.linewright.edge.app.uplink;

import io.linewright.edge.app.log.RecordLog;
import io.linewright.edge.app.tag.SampleBuffer;
import io.linewright.edge.app.uplink.books.SendBooks;
import io.linewright.model.telemetry.Lane;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** Figures of the uplink for monitoring. */
record UplinkMeters(RecordLog log, LogKeeper keeper, SendBooks books, SampleBuffer buffer) {

  void bindTo(MeterRegistry registry) {
    FunctionCounter.builder("linewright.edge.log.in", log, l -> l.totals().in()).register(registry);
    FunctionCounter.builder("linewright.edge.log.out", log, l -> l.totals().out())
        .register(registry);
    FunctionCounter.builder("linewright.edge.log.lost", log, l -> l.totals().lost())
        .register(registry);
    FunctionCounter.builder("linewright.edge.log.repeats", keeper, LogKeeper::repeats)
        .register(registry);
    FunctionCounter.builder("linewright.edge.implausible.times", keeper, LogKeeper::implausible)
        .register(registry);
    FunctionCounter.builder("linewright.edge.mqtt.out", books, SendBooks::samples)
        .register(registry);
    FunctionCounter.builder("linewright.edge.mqtt.resent", books, SendBooks::resent)
        .register(registry);
    FunctionCounter.builder("linewright.edge.mqtt.turns", books, SendBooks::turns)
        .register(registry);
    FunctionCounter.builder("linewright.edge.mqtt.unreadable", books, SendBooks::unreadableMessages)
        .register(registry);
    Gauge.builder("linewright.edge.log.bytes", log, RecordLog::usedBytes).register(registry);
    Gauge.builder("linewright.edge.log.set.aside", log, RecordLog::setAsideRecords)
        .register(registry);
    Gauge.builder("linewright.edge.buffer.samples", buffer, SampleBuffer::size).register(registry);
    for (Lane lane : Lane.values()) {
      Gauge.builder("linewright.edge.log.unconfirmed", log, l -> l.positions().unconfirmed(lane))
          .tag("lane", lane.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
  }
}
