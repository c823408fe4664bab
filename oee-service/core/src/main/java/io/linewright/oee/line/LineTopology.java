package io.linewright.oee.line;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * How a line is built.
 *
 * @param line its name, not blank
 * @param stations in the order in which items pass them, at least one; a machine is in one of them
 * @param keyMachine the machine whose station is the state of the line; empty if nobody says
 * @param version 0 or more; for whoever keeps it
 */
public record LineTopology(
    String line, List<Station> stations, Optional<String> keyMachine, int version) {

  /**
   * @throws IllegalArgumentException if the name is blank, there is no station, a machine is in two
   *     or the key machine in none, or the version is negative
   */
  public LineTopology {
    stations = List.copyOf(stations);
    if (line.isBlank() || stations.isEmpty() || version < 0) {
      throw new IllegalArgumentException(
          "a line needs a name, stations and a version of 0 or more, not '%s', %s, %d"
              .formatted(line, stations, version));
    }
    Set<String> machines = new HashSet<>();
    for (Station station : stations) {
      for (String machine : station.machines()) {
        if (!machines.add(machine)) {
          throw new IllegalArgumentException(machine + " is twice in line " + line);
        }
      }
    }
    if (keyMachine.isPresent() && !machines.contains(keyMachine.get())) {
      throw new IllegalArgumentException(keyMachine.get() + " is not in line " + line);
    }
  }

  /** Index of the station that a machine belongs to; empty if it is not in the line. */
  public OptionalInt position(String machine) {
    for (int i = 0; i < stations.size(); i++) {
      if (stations.get(i).machines().contains(machine)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /**
   * The key machine: the one that was named, else a machine of the station that takes longest for
   * an item, of equal ones the first. Machines of a cell share its items, so that two of 6 s each
   * take 3 s. If no cycle is known it is a machine of the last station, whose output is the line's.
   *
   * @param cycles ideal time per item of the machines of which it is known, more than 0
   */
  public String keyMachine(Map<String, Duration> cycles) {
    if (keyMachine.isPresent()) {
      return keyMachine.get();
    }
    String key = stations.getLast().machines().getFirst();
    double slowest = Double.POSITIVE_INFINITY;
    for (Station station : stations) {
      // Items per nanosecond.
      double pace = 0;
      for (String machine : station.machines()) {
        Duration cycle = cycles.get(machine);
        pace += cycle == null ? 0 : 1.0 / cycle.toNanos();
      }
      if (pace > 0 && pace < slowest) {
        slowest = pace;
        key = station.machines().stream().filter(cycles::containsKey).findFirst().orElseThrow();
      }
    }
    return key;
  }
}
