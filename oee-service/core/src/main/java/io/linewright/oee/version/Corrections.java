package io.linewright.oee.version;

import io.linewright.oee.engine.hash.InputHash;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Decides whether the figures of a shift have to be told, for the first time or anew. */
public final class Corrections {

  private Corrections() {}

  /**
   * The version to be told next; empty if there is nothing to tell: the figures are those that were
   * told, even if they were computed from something else. Where they are not, it does not matter
   * whether the inputs are the same: a newer engine may come to other figures.
   *
   * @param told the version that was told last; null if none was
   * @param now the figures as they are
   * @param inputs what they were computed from
   * @throws IllegalArgumentException if it was told of another line, or of another shift: calendar,
   *     day or name differ. Its span may differ, as calendars are corrected, too
   * @throws ArithmeticException if there are 2<sup>31</sup> - 1 versions
   */
  public static Optional<ResultVersion> next(
      @Nullable ResultVersion told, ShiftFigures now, InputHash inputs) {
    if (told == null) {
      return Optional.of(new ResultVersion(1, inputs, now, now.machines().keySet()));
    }
    requireSame(told.figures(), now);
    return told.figures().equals(now)
        ? Optional.empty()
        : Optional.of(
            new ResultVersion(
                Math.addExact(told.version(), 1), inputs, now, changed(told.figures(), now)));
  }

  /** None changed if only the shift did, as when another crew worked. */
  private static Set<String> changed(ShiftFigures before, ShiftFigures now) {
    Set<String> changed = new TreeSet<>(before.machines().keySet());
    changed.addAll(now.machines().keySet());
    changed.removeIf(
        machine -> Objects.equals(before.machines().get(machine), now.machines().get(machine)));
    return changed;
  }

  private static void requireSame(ShiftFigures before, ShiftFigures now) {
    if (!before.line().equals(now.line())
        || !before.shift().calendar().equals(now.shift().calendar())
        || !before.shift().id().equals(now.shift().id())) {
      throw new IllegalArgumentException(
          "%s of %s is no version of %s of %s"
              .formatted(now.shift().id(), now.line(), before.shift().id(), before.line()));
    }
  }
}
