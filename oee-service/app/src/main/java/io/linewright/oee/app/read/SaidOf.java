package io.linewright.oee.app.read;

import io.linewright.oee.app.registry.Machine;
import io.linewright.oee.time.Span;
import java.util.Collection;

/** Where what people and planning systems say of machines is kept. */
public interface SaidOf {

  /**
   * All of it that has time in common with a span; in the caller's transaction.
   *
   * @param named orders that the machine names in that time, by id
   */
  Said of(Machine machine, Span span, Collection<String> named);

  /** The same, but only which orders ran, and those orders. */
  Said worked(Machine machine, Span span, Collection<String> named);
}
