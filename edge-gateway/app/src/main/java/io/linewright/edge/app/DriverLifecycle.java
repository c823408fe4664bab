package io.linewright.edge.app;

import org.springframework.context.SmartLifecycle;

/** Starts the drivers after everything that takes their values, and stops them before it. */
final class DriverLifecycle implements SmartLifecycle {

  private final EdgeDrivers drivers;
  private volatile boolean running;

  DriverLifecycle(EdgeDrivers drivers) {
    this.drivers = drivers;
  }

  @Override
  public void start() {
    drivers.start();
    running = true;
  }

  @Override
  public void stop() {
    drivers.close();
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return DEFAULT_PHASE;
  }
}
