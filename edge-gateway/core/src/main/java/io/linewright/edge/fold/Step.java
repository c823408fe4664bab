package io.linewright.edge.fold;

import java.util.List;

/**
 * Result of one step of a fold.
 *
 * @param state next state
 * @param facts what follows from the step, in order; to be performed by the caller
 */
public record Step<S, F>(S state, List<F> facts) {

  public Step {
    facts = List.copyOf(facts);
  }
}
