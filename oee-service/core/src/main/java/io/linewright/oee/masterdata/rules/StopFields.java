package io.linewright.oee.masterdata.rules;

import io.linewright.oee.downtime.StopRules;
import io.linewright.oee.masterdata.form.Block;
import io.linewright.oee.masterdata.form.Scalars;
import java.time.Duration;
import java.util.Optional;

/**
 * What is said of stops; empty where nobody said anything.
 *
 * @param minimum shorter ones count as production
 * @param ceiling longer ones are no minor stops
 * @param forced whether those need a reason
 */
record StopFields(
    Optional<Duration> minimum, Optional<Duration> ceiling, Optional<Boolean> forced) {

  static final StopFields NONE =
      new StopFields(Optional.empty(), Optional.empty(), Optional.empty());

  static StopFields read(Block block) {
    StopFields fields =
        new StopFields(
            block.optional("minimum", Scalars.duration(Duration.ZERO, Duration.ofHours(1))),
            block.optional(
                "micro-stop-ceiling", Scalars.duration(Duration.ZERO, Duration.ofDays(1))),
            block.optional("forced-reason", Scalars.TRUTH));
    block.end();
    if (fields.minimum.isPresent()
        && fields.ceiling.isPresent()
        && fields.ceiling.get().compareTo(fields.minimum.get()) < 0) {
      block.fault(
          "micro-stop-ceiling",
          "is shorter than the minimum, so that no stop could be a minor one",
          "write a longer one");
    }
    return fields;
  }

  /** With what is said above where this says nothing. */
  StopFields over(StopFields above) {
    return new StopFields(
        minimum.or(above::minimum), ceiling.or(above::ceiling), forced.or(above::forced));
  }

  /**
   * What holds, over what would without them. A ceiling that was said elsewhere and is shorter than
   * the minimum counts as the minimum.
   */
  StopRules on(StopRules other, StartUpFields start) {
    Duration shortest = minimum.orElse(other.minimumStop());
    Duration longest = ceiling.orElse(other.microStopCeiling());
    return new StopRules(
        shortest,
        longest.compareTo(shortest) < 0 ? shortest : longest,
        forced.orElse(other.forcedReason()),
        start.on(other.startUp()));
  }
}
