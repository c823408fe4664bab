package io.linewright.oee.downtime;

import io.linewright.oee.time.Span;

/** Why a word about a stop is refused. */
public sealed interface WordRefusal {

  /** There is no stop in its span. */
  record NoStopThere() implements WordRefusal {}

  /** The tree has no reason of that code. */
  record UnknownReason(String code) implements WordRefusal {}

  /** The reason is a group of others. */
  record NotALeaf(String code) implements WordRefusal {}

  /**
   * What was said reaches beyond the stop, or divides it at its begin or end.
   *
   * @param stop the stop as it is
   */
  record OutsideStop(Span stop) implements WordRefusal {}

  /** What is to be one are not two stops with only production between them. */
  record NotNeighbours() implements WordRefusal {}

  /** There is no such word, it is withdrawn already, or is a withdrawal. */
  record UnknownWord(long version) implements WordRefusal {}
}
