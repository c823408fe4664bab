package io.linewright.oee.version;

import io.linewright.oee.engine.hash.InputHash;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What was told of a shift. It is never changed: what turns out to be otherwise is told as the next
 * version.
 *
 * @param version number, 1 or more, one more than that of the one before
 * @param inputs what the figures were computed from
 * @param figures what was told
 * @param changed paths of the machines whose figures are not those of the version before, also of
 *     those that are not among them any more; of the first version all of its machines; copied
 */
public record ResultVersion(
    int version, InputHash inputs, ShiftFigures figures, Set<String> changed) {

  /**
   * @throws IllegalArgumentException if the version is less than 1
   */
  public ResultVersion {
    if (version < 1) {
      throw new IllegalArgumentException("the first version is 1, not " + version);
    }
    changed = Collections.unmodifiableSet(new TreeSet<>(changed));
  }

  /** Whether it corrects what was told before. */
  public boolean correction() {
    return version > 1;
  }
}
