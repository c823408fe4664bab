package io.linewright.edge.modbus.poll;

import org.jspecify.annotations.Nullable;

/** A read that is searched in parts for what the device refuses in it. */
final class Search {

  private final @Nullable Search whole;
  private int openParts;
  private boolean found;
  private int rightmost;

  /**
   * @param whole the read that this one is a part of; null: none
   */
  Search(@Nullable Search whole) {
    this.whole = whole;
  }

  @Nullable Search whole() {
    return whole;
  }

  void open(int parts) {
    openParts = parts;
  }

  /**
   * Notes the outcome of a part.
   *
   * @param partFound whether the reason of the refusal was found in it
   * @param start first address of the part
   * @return whether this was the last part
   */
  boolean closePart(boolean partFound, int start) {
    found |= partFound;
    rightmost = Math.max(rightmost, start);
    openParts--;
    return openParts == 0;
  }

  /** Whether the reason of the refusal was found in a part. */
  boolean found() {
    return found;
  }

  /** First address of the right part. */
  int rightmost() {
    return rightmost;
  }
}
