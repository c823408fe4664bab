package io.linewright.oee.order;

import io.linewright.oee.time.Span;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says about the order that a machine works on. At each instant the latest word about
 * it decides, and wins over what the machine says.
 *
 * @param version number of the word, unique in the machine, 1 or more; the highest is the latest
 * @param machine path of the machine
 * @param order id of the order, not empty; null: what was said before is taken back, and the
 *     machine's own tags decide
 * @param span when; it may end far in the future
 * @param by who said it, not empty
 */
public record RunWord(long version, String machine, @Nullable String order, Span span, String by) {

  /**
   * @throws IllegalArgumentException if something is empty or out of range
   */
  public RunWord {
    if (version < 1) {
      throw new IllegalArgumentException("the version of a word is 1 or more, not " + version);
    }
    if (machine.isEmpty() || by.isEmpty() || order != null && order.isEmpty()) {
      throw new IllegalArgumentException("machine, order and author of a word are not empty");
    }
  }
}
