package io.linewright.oee.masterdata.form;

import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * How a single value is written.
 *
 * @param read its meaning; throws {@link IllegalArgumentException} that says what is wrong
 * @param write the one text of each meaning, which {@code read} reads as the same
 * @param right what would be right, beginning with a verb
 * @param <T> what it means
 */
public record Scalar<T>(Function<String, T> read, Function<T, String> write, String right) {

  /** The same with another advice. */
  public Scalar<T> advising(String other) {
    return new Scalar<>(read, write, other);
  }

  /** The same with one more rule, which throws as {@code read} does. */
  public Scalar<T> but(UnaryOperator<T> rule) {
    return new Scalar<>(text -> rule.apply(read.apply(text)), write, right);
  }
}
