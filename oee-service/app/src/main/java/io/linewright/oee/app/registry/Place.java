package io.linewright.oee.app.registry;

/**
 * Where a machine stood.
 *
 * @param machineId which machine
 * @param path equipment path
 * @param fromMicros first instant, microseconds since the epoch; {@link
 *     io.linewright.oee.app.Times#EVER} for the first place of a machine
 * @param toMicros first instant after it; {@link io.linewright.oee.app.Times#ON} if it stands there
 */
public record Place(int machineId, String path, long fromMicros, long toMicros) {

  /** Whether it stood there at an instant. */
  public boolean at(long micros) {
    return fromMicros <= micros && micros < toMicros;
  }
}
