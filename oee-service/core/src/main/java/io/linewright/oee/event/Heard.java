package io.linewright.oee.event;

/**
 * An event as it arrives.
 *
 * @param machine equipment path of the machine, not empty. Whoever decodes it names the machine: a
 *     tag of a module below a machine (press-01/spindle) tells of the machine, which is its first
 *     ancestor that is a work unit
 * @param event what it told
 * @param historical true if it comes from backlog or an import: recompute, do not notify
 */
public record Heard(String machine, MachineEvent event, boolean historical) {

  /**
   * @throws IllegalArgumentException if no machine is named
   */
  public Heard {
    if (machine.isEmpty()) {
      throw new IllegalArgumentException("an event must be of a machine");
    }
  }
}
