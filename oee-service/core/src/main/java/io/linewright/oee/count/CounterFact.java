package io.linewright.oee.count;

import io.linewright.oee.event.TrackName;
import io.linewright.oee.quantity.Quantity;

/** Something about a counter that is not plain counting, for people to look at. */
public sealed interface CounterFact {

  /** Which counter. */
  TrackName counter();

  /** When it was read, microseconds since 1970-01-01T00:00:00Z. */
  long micros();

  /**
   * It went over its largest value and began again.
   *
   * @param from what it showed before
   * @param to what it shows now, less than that
   * @param counted items that this was
   */
  record RolledOver(TrackName counter, long micros, Quantity from, Quantity to, Quantity counted)
      implements CounterFact {}

  /**
   * It was set to 0, and has counted since.
   *
   * @param from what it showed before
   * @param to what it shows now, less than that
   * @param counted items that it has counted since, which is all that it shows
   */
  record Reset(TrackName counter, long micros, Quantity from, Quantity to, Quantity counted)
      implements CounterFact {}

  /**
   * It shows what it cannot have counted since the reading before, nor since a reset. Nothing is
   * counted, and counting goes on from there.
   *
   * @param from what it showed before
   * @param to what it shows now
   * @param notCounted items that this would have been; less than 0 if it fell below 0
   */
  record Jumped(TrackName counter, long micros, Quantity from, Quantity to, Quantity notCounted)
      implements CounterFact {}

  /**
   * A single reading far above the others is left out.
   *
   * @param value what it showed
   */
  record Spike(TrackName counter, long micros, Quantity value) implements CounterFact {}

  /**
   * A single reading below the others is left out, as when a controller reconnects: had it been a
   * reset, the next one could not be where the one before was.
   *
   * @param value what it showed
   */
  record Dip(TrackName counter, long micros, Quantity value) implements CounterFact {}

  /** One more, so soon after the last that it is the same item. It is not counted. */
  record DoublePulse(TrackName counter, long micros) implements CounterFact {}

  /**
   * The first reading ever, from which counting begins.
   *
   * @param value what it showed
   */
  record BaselineSet(TrackName counter, long micros, Quantity value) implements CounterFact {}
}
