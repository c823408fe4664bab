package io.linewright.edge.app.driver;

/** Brings the values of one connection to the gateway and keeps doing so until it is closed. */
public interface Driver extends AutoCloseable {

  /** Starts; returns at once. A device that cannot be reached is tried again without end. */
  void start();

  /** Present state and counts; may be called from any thread. */
  DriverStatus status();

  /** Stops and releases threads and sockets; waits at most ten seconds. */
  @Override
  void close();
}
