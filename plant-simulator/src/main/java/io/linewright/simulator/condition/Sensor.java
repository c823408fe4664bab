package io.linewright.simulator.condition;

import io.linewright.simulator.plant.SensorDescription;

/** One sensor: what the machine's hidden condition looks like through noise and inertia. */
public final class Sensor {

  private static final double DAY_SECONDS = 86_400;
  private static final double HEATING_SECONDS = 600;

  private final SensorDescription spec;
  private final Wear wear;
  private final Chance chance;
  private double temperature;

  /** A sensor of a machine with that wear. */
  public Sensor(SensorDescription spec, Wear wear, Chance chance) {
    this.spec = spec;
    this.wear = wear;
    this.chance = chance;
    this.temperature = spec.base() * 0.95;
  }

  /**
   * What the sensor shows.
   *
   * @param activity what the machine does
   * @param now simulated seconds since the start
   */
  public double measure(Activity activity, double now) {
    double value =
        switch (spec.kind()) {
          case VIBRATION -> vibration(activity);
          case TEMPERATURE -> temperature(activity, now);
          case CURRENT -> current(activity);
          case SPEED -> speed(activity);
        };
    return spec.kind().shown(value);
  }

  private double vibration(Activity activity) {
    double worn = 1 + 0.9 * wear.bearing() * wear.bearing() + 0.25 * wear.tool();
    double shock = chance.happens(0.004) ? chance.between(1.3, 2) : 1;
    return 0.02
        + spec.base() * activity.share() * worn * shock * chance.logNormal(1, 0.07)
        + Math.abs(chance.noise(0.01));
  }

  private double temperature(Activity activity, double now) {
    double surroundings = 22 + 3 * Math.sin(2 * Math.PI * now / DAY_SECONDS);
    double friction = 14 * wear.bearing() * wear.bearing() + 2 * wear.tool();
    double target = surroundings + (spec.base() - surroundings + friction) * activity.share();
    double step = spec.interval().toMillis() / 1000.0;
    temperature += (target - temperature) * -Math.expm1(-step / HEATING_SECONDS);
    return temperature + chance.noise(0.06);
  }

  private double current(Activity activity) {
    double worn = 1 + 0.18 * wear.tool() + 0.06 * wear.bearing();
    return spec.base() * activity.share() * worn * (1 + chance.noise(0.03))
        + Math.abs(chance.noise(0.02));
  }

  private double speed(Activity activity) {
    return activity == Activity.OFF ? 0 : spec.base() * (1 + chance.noise(0.0015));
  }
}
