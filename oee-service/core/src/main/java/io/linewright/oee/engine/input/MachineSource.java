package io.linewright.oee.engine.input;

import io.linewright.oee.time.Span;

/** Where what a machine's time is computed from comes from: a database, or a test. */
@FunctionalInterface
public interface MachineSource {

  /**
   * All that is needed to compute that time. What it gives of a time must not depend on the time
   * that is asked for, so it is read from one snapshot.
   */
  MachineInput of(Span whole);
}
