package io.linewright.oee.app.read;

import io.linewright.oee.app.registry.Machine;
import io.linewright.oee.time.Span;

/** Where what people say of machines is kept. */
@FunctionalInterface
public interface SaidOf {

  /** All of it that has time in common with a span; in the caller's transaction. */
  Said of(Machine machine, Span span);
}
