package io.linewright.oee.event;

import io.linewright.model.event.SamplesLost;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Values of a device or of a gateway are known to be lost. It is not an event of a machine: it may
 * be longer than a day, two may end in one instant, and which machines a gateway serves may become
 * known later.
 *
 * @param id of the event that told it, not empty
 * @param fromMicros begin, microseconds since 1970-01-01T00:00:00Z
 * @param toMicros end, not before the begin; the same if the values of one instant were lost
 * @param tags names of all tags concerned; null if they are not, or not all, known: then any tag
 *     may be concerned
 */
public record Loss(String id, long fromMicros, long toMicros, @Nullable Set<String> tags) {

  /**
   * @throws IllegalArgumentException if it has no identity or its end is before its begin
   */
  public Loss {
    if (id.isEmpty()) {
      throw new IllegalArgumentException("a loss must have an identity");
    }
    if (toMicros < fromMicros) {
      throw new IllegalArgumentException(
          "a loss from %d cannot end before, at %d".formatted(fromMicros, toMicros));
    }
    tags = tags == null ? null : Set.copyOf(tags);
  }

  /**
   * The loss that an event tells. An end before the begin is taken for the begin, and times beyond
   * the years 1 to 9999 for the nearest within: what comes from outside is never refused here.
   *
   * @param id of the event, not empty
   */
  public static Loss of(String id, SamplesLost lost) {
    long from = micros(lost.from());
    boolean all =
        lost.tags() != null && lost.tagCount() != null && lost.tagCount() <= lost.tags().size();
    return new Loss(
        id, from, Math.max(from, micros(lost.to())), all ? Set.copyOf(lost.tags()) : null);
  }

  /** Whether values of that tag may be among those that were lost. */
  public boolean mayConcern(String tag) {
    return tags == null || tags.contains(tag);
  }

  private static long micros(Instant instant) {
    if (instant.isBefore(Instant.EPOCH.plus(EventKey.MIN_MICROS, ChronoUnit.MICROS))) {
      return EventKey.MIN_MICROS;
    }
    if (instant.isAfter(Instant.EPOCH.plus(EventKey.MAX_MICROS, ChronoUnit.MICROS))) {
      return EventKey.MAX_MICROS;
    }
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }
}
