package io.linewright.bench.edgefault.judge;

import java.util.Set;

/**
 * A time in which a fault kept the gateway from values.
 *
 * @param fault number and name, for messages
 * @param beginMicros just before the fault, µs since 1970
 * @param endMicros just after it was taken away
 * @param sources whose tags are concerned
 * @param missing whose values may be missing, in one piece per tag: they were never offered, or the
 *     session that held them ended with one of its two sides
 * @param cut whether the gateway heard nothing of the sources all the time
 * @param gatewayDead whether nobody was there to say so
 */
public record Interruption(
    String fault,
    long beginMicros,
    long endMicros,
    Set<Source> sources,
    Set<Source> missing,
    boolean cut,
    boolean gatewayDead) {

  /** How the plant is read. */
  public enum Source {
    OPC_UA,
    MODBUS
  }

  public Interruption {
    sources = Set.copyOf(sources);
    missing = Set.copyOf(missing);
  }
}
