package io.linewright.ingest.rollup;

import java.util.Arrays;

/**
 * A set of numbers without an object for each: it is asked for every sample that is stored. Open
 * addressing, at most half full. For one thread.
 */
public final class LongSet {

  private static final int SMALLEST = 64;

  private long[] slots = new long[SMALLEST];
  private boolean zero;
  private int size;

  /** How many numbers are in it. */
  public int size() {
    return size;
  }

  /** Whether the number is in it. */
  public boolean contains(long number) {
    return number == 0 ? zero : slots[slotOf(number)] == number;
  }

  /** Puts a number in; one that is there stays. */
  public void add(long number) {
    if (number == 0) {
      size += zero ? 0 : 1;
      zero = true;
      return;
    }
    int slot = slotOf(number);
    if (slots[slot] == 0) {
      slots[slot] = number;
      size++;
      if (size * 2 > slots.length) {
        grow();
      }
    }
  }

  /** Puts all numbers of another set in. */
  public void addAll(LongSet other) {
    if (other.zero) {
      add(0);
    }
    for (long number : other.slots) {
      if (number != 0) {
        add(number);
      }
    }
  }

  /** Takes all numbers out. */
  public void clear() {
    Arrays.fill(slots, 0);
    zero = false;
    size = 0;
  }

  /** Where the number is, or the free slot in which it would be. */
  private int slotOf(long number) {
    int mask = slots.length - 1;
    long mixed = number * 0x9E37_79B9_7F4A_7C15L;
    int slot = (int) (mixed >>> 32) & mask;
    while (slots[slot] != 0 && slots[slot] != number) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] old = slots;
    slots = new long[2 * old.length];
    for (long number : old) {
      if (number != 0) {
        slots[slotOf(number)] = number;
      }
    }
  }
}
