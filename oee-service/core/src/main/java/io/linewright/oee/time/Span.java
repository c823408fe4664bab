package io.linewright.oee.time;

import java.util.Comparator;
import java.util.Optional;

/**
 * A half-open stretch of time that is not empty: its begin belongs to it, its end to the next one
 * (OPC UA part 13, clause 5.4.2.2), so that spans that touch neither share nor lose an instant.
 * Ordered by begin, then by end.
 *
 * @param fromMicros first instant, microseconds since 1970-01-01T00:00:00Z
 * @param toMicros first instant after it, later than the begin by at most 2<sup>63</sup> - 1
 */
public record Span(long fromMicros, long toMicros) implements Comparable<Span> {

  private static final Comparator<Span> ORDER =
      Comparator.comparingLong(Span::fromMicros).thenComparingLong(Span::toMicros);

  /**
   * @throws IllegalArgumentException if the end is not later than the begin, or so much later that
   *     no long holds the length
   */
  public Span {
    if (toMicros <= fromMicros || toMicros - fromMicros < 0) {
      throw new IllegalArgumentException(
          "a span must end after its begin %d, by at most 2^63 - 1, not at %d"
              .formatted(fromMicros, toMicros));
    }
  }

  /** Length in microseconds, 1 or more. */
  public long micros() {
    return toMicros - fromMicros;
  }

  /** Whether the instant, in microseconds since the epoch, lies in it. */
  public boolean contains(long micros) {
    return fromMicros <= micros && micros < toMicros;
  }

  /** Whether all of the other lies in it; a span covers itself. */
  public boolean covers(Span other) {
    return fromMicros <= other.fromMicros && other.toMicros <= toMicros;
  }

  /** Whether they have an instant in common; spans that only touch have none. */
  public boolean overlaps(Span other) {
    return fromMicros < other.toMicros && other.fromMicros < toMicros;
  }

  /** What they have in common; empty if they do not overlap. */
  public Optional<Span> and(Span other) {
    return overlaps(other)
        ? Optional.of(
            new Span(Math.max(fromMicros, other.fromMicros), Math.min(toMicros, other.toMicros)))
        : Optional.empty();
  }

  /**
   * The shortest span that covers both, with what lies between them.
   *
   * @throws IllegalArgumentException if no long holds its length
   */
  public Span hull(Span other) {
    return new Span(Math.min(fromMicros, other.fromMicros), Math.max(toMicros, other.toMicros));
  }

  @Override
  public int compareTo(Span other) {
    return ORDER.compare(this, other);
  }
}
