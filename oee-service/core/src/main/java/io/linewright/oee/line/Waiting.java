package io.linewright.oee.line;

import io.linewright.oee.slice.TimeCategory;
import io.linewright.oee.time.Span;

/**
 * A machine that waits for another one.
 *
 * @param machine which
 * @param span how long; to the present if it still waits
 * @param category {@link TimeCategory#STARVED} if for one before it, {@link TimeCategory#BLOCKED}
 *     if for one behind it
 */
public record Waiting(String machine, Span span, TimeCategory category) {

  /**
   * @throws IllegalArgumentException if the category is another
   */
  public Waiting {
    if (category != TimeCategory.STARVED && category != TimeCategory.BLOCKED) {
      throw new IllegalArgumentException(category + " is no waiting for another machine");
    }
  }
}
