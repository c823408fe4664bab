package io.linewright.ingest.live;

import java.util.Arrays;

/**
 * What one client has been shown: for each of its tags the running number of the sample sent last,
 * and nothing else, so that a slow client costs no more than a fast one. Of the samples between two
 * messages only the newest of each tag is sent; the others are counted.
 */
public final class Conflation {

  /** Nothing of the tag is to be sent. */
  public static final int NOTHING_NEW = -1;

  private static final long NEVER = Long.MIN_VALUE;

  private long[] sent = new long[16];
  private int size;

  /** Number of tags. */
  public int size() {
    return size;
  }

  /** Takes one more tag, of which nothing has been sent; its index is the size before. */
  public void add() {
    if (size == sent.length) {
      sent = Arrays.copyOf(sent, 2 * size);
    }
    sent[size] = NEVER;
    size++;
  }

  /** Says that the sample of that number needs no sending any more. */
  public void seen(int index, long number) {
    sent[index] = Math.max(sent[index], number);
  }

  /**
   * Takes the newest sample of a tag for sending.
   *
   * @param number running number of the tag's newest sample; rises by one with each sample
   * @return how many samples are skipped by that, or {@link #NOTHING_NEW}; the first sample of a
   *     tag skips none
   */
  public int take(int index, long number) {
    long before = sent[index];
    if (number <= before) {
      return NOTHING_NEW;
    }
    sent[index] = number;
    return before == NEVER ? 0 : (int) Math.min(Integer.MAX_VALUE, number - before - 1);
  }
}
