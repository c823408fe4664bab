package io.linewright.edge.app.driver;

import io.linewright.edge.app.driver.DriverStatus.Counts;
import io.linewright.model.equipment.EquipmentPath;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Running counts of one driver; written by its thread, read by any. */
public final class StageCounters {

  private final LongAdder in = new LongAdder();
  private final LongAdder out = new LongAdder();
  private final LongAdder setAside = new LongAdder();
  private final LongAdder repeated = new LongAdder();
  private final LongAdder made = new LongAdder();
  private final LongAdder overflows = new LongAdder();
  private final LongAdder lostMessages = new LongAdder();
  private final LongAdder reconnects = new LongAdder();
  private final Map<EquipmentPath, StageCounters> devices = new ConcurrentHashMap<>();

  /** Counters of one device, which count here too. */
  StageCounters device(EquipmentPath device) {
    return devices.computeIfAbsent(device, path -> new StageCounters());
  }

  /**
   * Goes on from the counts of the driver before, which has ended. Those of devices that are not
   * here any more count for the connection as a whole.
   */
  void follow(StageCounters before) {
    add(before.own());
    before.byDevice().forEach((device, counts) -> devices.getOrDefault(device, this).add(counts));
  }

  private void add(Counts counts) {
    in.add(counts.in());
    out.add(counts.out());
    setAside.add(counts.setAside());
    repeated.add(counts.repeated());
    made.add(counts.made());
    overflows.add(counts.overflows());
    lostMessages.add(counts.lostMessages());
    reconnects.add(counts.reconnects());
  }

  /** The counts of every device now. */
  public Map<EquipmentPath, Counts> byDevice() {
    Map<EquipmentPath, Counts> counts = new TreeMap<>();
    devices.forEach((device, counters) -> counts.put(device, counters.own()));
    return counts;
  }

  void received() {
    in.increment();
  }

  void handedOn() {
    out.increment();
  }

  void setAside() {
    setAside.increment();
  }

  void repeated() {
    repeated.increment();
  }

  void made() {
    made.increment();
  }

  /** The connection was built anew, or taken up again after a cut. */
  public void reconnected() {
    reconnects.increment();
  }

  /** A value said that the device lost others before it. */
  public void overflowed() {
    overflows.increment();
  }

  /** A message of values is lost for good. */
  public void messageLost() {
    lostMessages.increment();
  }

  /** The counts now, all devices together. */
  public Counts counts() {
    return devices.values().stream().map(StageCounters::own).reduce(own(), Counts::plus);
  }

  private Counts own() {
    return new Counts(
        in.sum(),
        out.sum(),
        setAside.sum(),
        repeated.sum(),
        made.sum(),
        overflows.sum(),
        lostMessages.sum(),
        reconnects.sum());
  }
}
