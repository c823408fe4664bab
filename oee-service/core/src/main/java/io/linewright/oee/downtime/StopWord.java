package io.linewright.oee.downtime;

import io.linewright.oee.time.Span;

/**
 * What somebody said about stops of a machine. Words are never changed; a later one about the same
 * stop wins, and any but a withdrawal can be withdrawn. A word is kept by time, not by stop,
 * because late data move stops: it is about the stop with which its span has most in common (the
 * earlier of two), and about all of which it covers at least half. So the word about a stop that
 * still went on is about all of it, and the word about one that turns out to be two is about both.
 */
public sealed interface StopWord {

  /** What all words have. */
  Said said();

  /**
   * Who said it, where and when.
   *
   * @param version number of the word, unique in the machine, 1 or more; the highest is the latest
   * @param machine path of the machine, not empty
   * @param span time that it is about: the stop as it was then
   * @param by who said it, not empty
   * @param atMicros when it was said, microseconds since 1970-01-01T00:00:00Z
   */
  record Said(long version, String machine, Span span, String by, long atMicros) {

    /**
     * @throws IllegalArgumentException if something is empty or out of range
     */
    public Said {
      if (version < 1 || machine.isEmpty() || by.isEmpty()) {
        throw new IllegalArgumentException(
            "a word has a version of 1 or more, a machine and an author");
      }
    }
  }

  /**
   * The stop has this reason.
   *
   * @param reason code of a leaf of the tree
   */
  record Classified(Said said, String reason) implements StopWord {}

  /** Whatever reason people gave the stop, it has none: what the machine says holds. */
  record Unclassified(Said said) implements StopWord {}

  /**
   * The stop is two: one until the instant, and one from it on.
   *
   * @param atInstantMicros microseconds since 1970-01-01T00:00:00Z
   */
  record Split(Said said, long atInstantMicros) implements StopWord {}

  /** What was production in the span was none: the stops around it are one. */
  record Merged(Said said) implements StopWord {}

  /**
   * Something to be known of the stop.
   *
   * @param comment the text; empty: no comment any more
   */
  record Commented(Said said, String comment) implements StopWord {}

  /**
   * A word is taken back, as if nobody had said it.
   *
   * @param word version of that word
   */
  record Withdrawn(Said said, long word) implements StopWord {}
}
