package io.linewright.oee.line;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;

/**
 * A place in a line that every item passes: a machine, or a cell of machines that do the same.
 *
 * @param name not blank
 * @param machines those of which an item passes one; at least one, no name twice
 * @param minimumRunning how many of them must produce for the station to produce, 1 to all
 * @param bufferAfter how many items fit between it and the next station, 0 or more; empty if nobody
 *     says
 */
public record Station(
    String name, List<String> machines, int minimumRunning, OptionalInt bufferAfter) {

  /**
   * @throws IllegalArgumentException if a name is blank or twice, or a number out of range
   */
  public Station {
    machines = List.copyOf(machines);
    if (name.isBlank() || machines.isEmpty() || machines.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("a station and its machines need names, not " + machines);
    }
    if (new HashSet<>(machines).size() < machines.size()) {
      throw new IllegalArgumentException("a machine is twice in station " + name);
    }
    if (minimumRunning < 1 || minimumRunning > machines.size()) {
      throw new IllegalArgumentException(
          "of the %d machines of %s, %d cannot be the least that run"
              .formatted(machines.size(), name, minimumRunning));
    }
    if (bufferAfter.orElse(0) < 0) {
      throw new IllegalArgumentException("a buffer does not hold " + bufferAfter.getAsInt());
    }
  }

  /** A station of one machine, of its name, without a known buffer behind it. */
  public static Station of(String machine) {
    return new Station(machine, List.of(machine), 1, OptionalInt.empty());
  }
}
