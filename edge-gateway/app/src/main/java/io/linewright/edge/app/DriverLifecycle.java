package io.linewright.edge.app;

import io.linewright.edge.app.logic.EdgeStage;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the drivers, and the stage that takes their values, after everything behind it, and stops
 * them before it.
 */
final class DriverLifecycle implements SmartLifecycle {

  private final EdgeDrivers drivers;
  private final EdgeStage stage;
  private volatile boolean running;

  DriverLifecycle(EdgeDrivers drivers, EdgeStage stage) {
    this.drivers = drivers;
    this.stage = stage;
  }

  @Override
  public void start() {
    stage.start();
    drivers.start();
    running = true;
  }

  @Override
  public void stop() {
    drivers.close();
    stage.close();
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
