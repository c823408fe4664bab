package io.linewright.edge.command;

import io.linewright.model.equipment.TagKey;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * By what a gateway judges commands.
 *
 * @param guards guard of every tag that may be written
 * @param readBack how long the driver's values are watched for the outcome of a write of which
 *     nobody knows how it ended
 * @param capacity commands remembered at most, at least 1
 * @param stopSwitch tag of the gateway itself that stops all writes while it is true; it needs no
 *     guard
 */
public record CommandRules(
    Map<TagKey, WriteGuard> guards, Duration readBack, int capacity, Optional<TagKey> stopSwitch) {

  /** Longest time between request and expiry. */
  public static final Duration LONGEST_LIFE = Duration.ofDays(1);

  /** How far a request may lie in the gateway's future: beyond that, one of the clocks is wrong. */
  public static final Duration CLOCK_SLACK = Duration.ofMinutes(10);

  /** Time after the expiry within which a driver must have said how its write ended. */
  public static final Duration DRIVER_SLACK = Duration.ofSeconds(30);

  /**
   * @throws IllegalArgumentException if a bound is not positive
   */
  public CommandRules {
    guards = Map.copyOf(guards);
    if (capacity < 1 || readBack.isNegative() || readBack.isZero()) {
      throw new IllegalArgumentException(
          "capacity and read-back time must be positive, not %d and %s"
              .formatted(capacity, readBack));
    }
  }

  /** Rules without a switch that a command could turn. */
  public CommandRules(Map<TagKey, WriteGuard> guards, Duration readBack, int capacity) {
    this(guards, readBack, capacity, Optional.empty());
  }

  /** Ten seconds, 1,000 commands. */
  public static CommandRules of(Map<TagKey, WriteGuard> guards) {
    return new CommandRules(guards, Duration.ofSeconds(10), 1000);
  }

  /** The same with a switch. */
  public CommandRules withSwitch(TagKey tag) {
    return new CommandRules(guards, readBack, capacity, Optional.of(tag));
  }

  boolean isSwitch(TagKey tag) {
    return stopSwitch.isPresent() && stopSwitch.get().equals(tag);
  }
}
