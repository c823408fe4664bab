package io.linewright.ingest.align;

import io.linewright.ingest.aggregate.bound.Bound;
import java.util.List;

/**
 * What all tags had at one instant.
 *
 * @param micros the instant, microseconds since the epoch
 * @param values one per tag, in their order
 */
public record AlignedRow(long micros, List<Bound> values) {

  /** Keeps a copy of the list. */
  public AlignedRow {
    values = List.copyOf(values);
  }
}
