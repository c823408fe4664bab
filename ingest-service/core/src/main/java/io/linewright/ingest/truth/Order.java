package io.linewright.ingest.truth;

import java.util.Comparator;

/** In which order keys are walked. */
public enum Order {
  OLDEST_FIRST(Comparator.naturalOrder()),
  NEWEST_FIRST(Comparator.reverseOrder());

  private final Comparator<Target.At> comparator;

  Order(Comparator<Target.At> comparator) {
    this.comparator = comparator;
  }

  int compare(Target.At one, Target.At other) {
    return comparator.compare(one, other);
  }
}
