package io.linewright.simulator.condition;

/**
 * A generic signal: a slow wave with noise, in steps of 0.001; never the same value twice running.
 */
public final class Signal {

  private static final double STEP = 0.001;
  private static final double PERIOD_SECONDS = 120;

  private final Chance chance;
  private final double phase;
  private final double height;
  private long steps;

  /** A signal with a random height and phase. */
  public Signal(Chance chance) {
    this.chance = chance;
    this.phase = chance.between(0, 2 * Math.PI);
    this.height = chance.between(10, 400);
  }

  /**
   * The next value.
   *
   * @param now simulated seconds since the start
   */
  public double next(double now) {
    double wave = height * Math.sin(phase + now * 2 * Math.PI / PERIOD_SECONDS);
    long next = Math.round((wave + chance.between(-1, 1)) / STEP);
    steps = next == steps ? next + 1 : next;
    return steps / 1000.0;
  }
}
