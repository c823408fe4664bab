package io.linewright.oee.downtime;

/**
 * Names a stop. Late data may move its begin; whoever looks for it then asks for the stop at that
 * instant.
 *
 * @param machine path of the machine, not empty
 * @param beginMicros its begin, microseconds since 1970-01-01T00:00:00Z
 */
public record StopId(String machine, long beginMicros) {

  /**
   * @throws IllegalArgumentException if there is no machine
   */
  public StopId {
    if (machine.isEmpty()) {
      throw new IllegalArgumentException("a stop is one of a machine");
    }
  }
}
