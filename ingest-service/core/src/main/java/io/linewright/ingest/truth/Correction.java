package io.linewright.ingest.truth;

import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says about values of a tag.
 *
 * @param value of a replace or insert; null if there is none, and for other kinds
 * @param status of a replace or insert, all 32 bits as they were given; Good for other kinds
 */
public record Correction(Kind kind, Target target, @Nullable SampleValue value, StatusCode status) {

  /**
   * @throws IllegalArgumentException if the kind has no such target or no value
   */
  public Correction {
    boolean sets = kind == Kind.REPLACE || kind == Kind.INSERT;
    if (sets && !(target instanceof Target.At)) {
      throw new IllegalArgumentException(
          kind
              + " is for one value: give time, not from and to; a range can be deleted or restored");
    }
    if (!sets && (value != null || status.bits() != 0)) {
      throw new IllegalArgumentException(kind + " has neither value nor status");
    }
    if (sets && value == null && !status.isBad()) {
      throw new IllegalArgumentException(
          "value is missing; only with a Bad status there may be none");
    }
  }

  /** Removes what is there. */
  public static Correction delete(Target target) {
    return new Correction(Kind.DELETE, target, null, StatusCode.GOOD);
  }

  /** Lets count what is stored. */
  public static Correction restore(Target target) {
    return new Correction(Kind.RESTORE, target, null, StatusCode.GOOD);
  }

  /** The sample that a replace or insert puts at a key. */
  Sample sample(Target.At key) {
    return new Sample(value, status, key.micros(), key.ordinal());
  }
}
