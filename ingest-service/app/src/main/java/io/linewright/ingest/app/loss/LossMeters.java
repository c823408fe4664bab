package io.linewright.ingest.app.loss;

import io.linewright.model.event.SamplesLost;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Losses that this process has entered since its start. */
final class LossMeters {

  /** A sentence too many makes a time series too many: further ones are counted together. */
  static final int MAX_REASONS = 20;

  private static final String OTHERS = "others";
  private static final int MAX_LENGTH = 80;

  private final MeterRegistry registry;
  private final Counter losses;
  private final Set<String> reasons = ConcurrentHashMap.newKeySet();

  LossMeters(MeterRegistry registry) {
    this.registry = registry;
    this.losses =
        Counter.builder("linewright.losses")
            .description("Losses that were told, also those of unknown size")
            .register(registry);
  }

  /** Counts what has been committed. */
  void told(List<SamplesLost> told) {
    for (SamplesLost loss : told) {
      losses.increment();
      Long samples = loss.count();
      Counter.builder("linewright.samples.lost")
          .description("Samples that were lost, as far as their number is known")
          .tag("reason", kind(loss.reason()))
          .register(registry)
          .increment(samples == null ? 0 : Math.max(0, samples));
    }
  }

  /** The reason without what differs from loss to loss: numbers, and the cause behind a colon. */
  private String kind(String reason) {
    int colon = reason.indexOf(':');
    String kind = (colon < 0 ? reason : reason.substring(0, colon)).replaceAll("\\d+", "#").strip();
    String cut = kind.length() <= MAX_LENGTH ? kind : kind.substring(0, MAX_LENGTH);
    if (reasons.contains(cut)) {
      return cut;
    }
    return reasons.size() < MAX_REASONS && reasons.add(cut) ? cut : OTHERS;
  }
}
