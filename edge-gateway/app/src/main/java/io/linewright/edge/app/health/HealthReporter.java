package io.linewright.edge.app.health;

import io.linewright.edge.health.Canary;
import io.linewright.edge.health.ChangedValues;
import io.linewright.edge.health.ConnectionLook;
import io.linewright.edge.health.GatewayFigures;
import io.linewright.edge.health.HealthTags;
import io.linewright.edge.health.HealthWatch;
import io.linewright.model.equipment.TagName;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Looks every second, tells what changed every five seconds, and sends the canary every ten. For
 * one thread.
 */
final class HealthReporter {

  /** Time between two reports, microseconds. */
  static final long REPORT_MICROS = 5_000_000;

  /** Most values of one report. */
  static final int MOST_VALUES = 2_000;

  /** Where values go; waits while the gateway cannot take more. */
  @FunctionalInterface
  interface Outlet {
    void tell(TagName tag, Sample sample) throws InterruptedException;
  }

  private final Supplier<List<ConnectionLook>> plant;
  private final Supplier<GatewayFigures> process;
  private final Outlet outlet;
  private final Consumer<Map<String, Long>> ages;
  private final HealthWatch watch = new HealthWatch();
  private final ChangedValues changed = new ChangedValues(MOST_VALUES);
  private Canary canary = Canary.NONE;
  private long nextReport = Long.MIN_VALUE;
  private long nextCanary = Long.MIN_VALUE;

  /**
   * @param plant how the connections stand now
   * @param process how the process is now
   * @param ages is told the data ages in seconds, by place of the device
   */
  HealthReporter(
      Supplier<List<ConnectionLook>> plant,
      Supplier<GatewayFigures> process,
      Outlet outlet,
      Consumer<Map<String, Long>> ages) {
    this.plant = plant;
    this.process = process;
    this.outlet = outlet;
    this.ages = ages;
  }

  /**
   * Looks, and tells what is due.
   *
   * @param monotonicMicros time that never goes back: by it things are due, and data age
   * @param clockMicros the gateway's clock, microseconds since 1970: the values' time
   */
  void tick(long monotonicMicros, long clockMicros) throws InterruptedException {
    if (nextReport == Long.MIN_VALUE) {
      nextReport = monotonicMicros;
      nextCanary = monotonicMicros;
    }
    long millis = monotonicMicros / 1000;
    watch.see(plant.get(), millis);
    if (monotonicMicros >= nextCanary) {
      nextCanary = next(nextCanary, Canary.INTERVAL_MICROS, monotonicMicros);
      canary = canary.next(clockMicros);
      tell(HealthTags.CANARY, SampleValue.of(canary.number()), clockMicros);
    }
    if (monotonicMicros >= nextReport) {
      nextReport = next(nextReport, REPORT_MICROS, monotonicMicros);
      ages.accept(watch.dataAges(millis));
      var values = changed.of(watch.values(process.get(), millis));
      for (Map.Entry<TagName, SampleValue> value : values.entrySet()) {
        tell(value.getKey(), value.getValue(), clockMicros);
      }
    }
  }

  /** In step with the times before, unless one of them was missed: that is not made up for. */
  private static long next(long due, long interval, long now) {
    return now < due + interval ? due + interval : now + interval;
  }

  private void tell(TagName tag, SampleValue value, long micros) throws InterruptedException {
    outlet.tell(tag, new Sample(value, StatusCode.GOOD, micros, 0));
  }
}
