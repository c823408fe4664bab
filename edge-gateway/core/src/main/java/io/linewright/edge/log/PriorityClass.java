package io.linewright.edge.log;

import io.linewright.model.equipment.TagRole;

/**
 * What goes first when the log is full: the oldest of the lowest class. The order is the number in
 * the log's file, lowest first.
 */
public enum PriorityClass {
  /** Values of tags that raise no events. */
  SAMPLES,
  /** Values of tags that raise machine events, and losses: kept longest. */
  EVENTS;

  /** The class of a tag's values. */
  public static PriorityClass of(TagRole role) {
    return role.raisesEvents() ? EVENTS : SAMPLES;
  }
}
