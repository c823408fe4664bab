package io.linewright.bench.measure;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The bars of a bench, held against the figures of one call. They are set for a size; a smaller run
 * shows that the bench works, and has none.
 */
public final class Bars {

  private final boolean apply;
  private final String size;
  private final List<String> held = new ArrayList<>();
  private final List<String> missed = new ArrayList<>();

  /**
   * @param apply whether the run has the size that the bars are set for
   * @param size that size in words
   */
  public Bars(boolean apply, String size) {
    this.apply = apply;
    this.size = size;
  }

  /** A figure that must reach a bar. */
  public Bars atLeast(String figure, double value, double bar) {
    return compare(value >= bar, figure, value, "at least", bar);
  }

  /** A figure that must not pass a bar. */
  public Bars atMost(String figure, double value, double bar) {
    return compare(value <= bar, figure, value, "at most", bar);
  }

  private Bars compare(boolean holds, String figure, double value, String relation, double bar) {
    String text = "%s is %s, the bar is %s %s".formatted(figure, value, relation, bar);
    (holds ? held : missed).add(text);
    return this;
  }

  /**
   * Says which bars are missed, or that none applies.
   *
   * @return false if a bar applies and is missed
   */
  public boolean report(PrintStream out) {
    if (!apply) {
      out.println("no bar applies to this run; they are set for " + size);
      return true;
    }
    held.forEach(text -> out.println("bar held: " + text));
    missed.forEach(text -> out.println("BAR MISSED: " + text));
    return missed.isEmpty();
  }
}
