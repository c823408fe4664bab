package io.linewright.oee.fold;

import java.util.List;

/**
 * Result of one step of a fold.
 *
 * @param <S> what the fold remembers
 * @param <F> what it tells
 * @param state next state
 * @param facts what follows from the step, in order, 0 or more; to be performed by the caller;
 *     copied, later changes of the argument are not seen
 */
public record Step<S, F>(S state, List<F> facts) {

  public Step {
    facts = List.copyOf(facts);
  }
}
