package io.linewright.oee.event;

import java.util.Comparator;

/**
 * One of the things that a machine tells: a machine may have several counters of good items, say.
 *
 * @param kind what it is
 * @param tag name of the tag within the machine, not empty
 */
public record TrackName(TrackKind kind, String tag) implements Comparable<TrackName> {

  private static final Comparator<TrackName> ORDER =
      Comparator.comparing(TrackName::kind).thenComparing(TrackName::tag);

  /**
   * @throws IllegalArgumentException if the tag has no name
   */
  public TrackName {
    if (tag.isEmpty()) {
      throw new IllegalArgumentException("a track of kind " + kind + " has no tag");
    }
  }

  /** By kind, then by the tag's name. */
  @Override
  public int compareTo(TrackName other) {
    return ORDER.compare(this, other);
  }
}
