package io.linewright.oee.time;

/**
 * Walks along a track, forward only. Who makes one track out of many walks along all of them, each
 * time as far as none of them changes: {@code to = min(a.until(), b.until(), …)}.
 *
 * @param <V> the values
 */
public final class Cursor<V> {

  private final Track<V> track;
  private int index;
  private long reached;

  Cursor(Track<V> track) {
    this.track = track;
    this.reached = track.whole().fromMicros();
  }

  /**
   * Goes to an instant, and tells what holds there. Walking along all of a track takes time linear
   * in its pieces.
   *
   * @param micros in the whole of the track, and not before the instant gone to last
   * @throws IllegalArgumentException if it is elsewhere
   */
  public V at(long micros) {
    if (micros < reached || micros >= track.whole().toMicros()) {
      throw new IllegalArgumentException(
          "from %d one cannot go to %d in %s".formatted(reached, micros, track.whole()));
    }
    reached = micros;
    while (until() <= micros) {
      index++;
    }
    return track.pieces().get(index).value();
  }

  /** How long the value holds that was told last: the end of its piece, in microseconds. */
  public long until() {
    return track.pieces().get(index).span().toMicros();
  }
}
