package io.linewright.oee.version;

import io.linewright.oee.calendar.Shift;
import io.linewright.oee.element.Elements;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the machines of a line did in a shift. Equal figures are equal objects, whatever they were
 * computed from.
 *
 * @param line path of the line, not empty
 * @param shift the shift, whole
 * @param machines sums of each machine's cells in the shift, by its path, not empty; copied
 */
public record ShiftFigures(String line, Shift shift, SortedMap<String, Elements> machines) {

  /**
   * @throws IllegalArgumentException if a path is empty
   */
  public ShiftFigures {
    machines = Collections.unmodifiableSortedMap(new TreeMap<>(machines));
    if (line.isEmpty() || machines.containsKey("")) {
      throw new IllegalArgumentException("a line and its machines have paths");
    }
  }

  /** Of all machines together: the sum of theirs. */
  public Elements sum() {
    return machines.values().stream().reduce(Elements.NONE, Elements::plus);
  }
}
