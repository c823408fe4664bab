package io.linewright.simulator;

import io.linewright.model.sample.SampleValue;
import io.linewright.simulator.modbus.PlantModbusServer;
import io.linewright.simulator.tag.PlantTag;
import io.linewright.simulator.truth.TruthLog;

/** Where the plant's values become visible: the servers, and the truth log beside them. */
final class PlantOutlets {

  private static final long CLOCK_STEP_MICROS = 1_000_000;

  private final PlantServers servers;
  private final TruthLog truth;
  private final long[] lastTimes;

  PlantOutlets(PlantServers servers, TruthLog truth, int tagCount) {
    this.servers = servers;
    this.truth = truth;
    this.lastTimes = new long[tagCount];
  }

  /**
   * Shows a value. On OPC UA at once; a register takes it when {@link #showRegisters} finds that it
   * has held the one before long enough.
   *
   * @param micros when the value changed, µs since 1970
   */
  void show(PlantTag tag, SampleValue value, long micros) {
    if (tag.machine().modbus().isPresent()) {
      servers.modbus().orElseThrow().want(tag, value);
    } else {
      long time = unique(tag, micros);
      truth.value(tag, time, value);
      servers.opcUa().setValue(tag, value, time);
    }
  }

  /** Lets registers take what they wait for. */
  void showRegisters(long now) {
    servers
        .modbus()
        .ifPresent(
            server -> server.show(now, (tag, value) -> truth.value(tag, unique(tag, now), value)));
  }

  /** How many tags no gateway reads. */
  int unread() {
    return servers.opcUa().unreported()
        + servers.modbus().map(PlantModbusServer::unpolled).orElse(0);
  }

  TruthLog truth() {
    return truth;
  }

  /** Times of one tag strictly increase, unless the clock was set back. */
  private long unique(PlantTag tag, long micros) {
    long last = lastTimes[tag.index()];
    boolean tooEarly = micros <= last && last - micros < CLOCK_STEP_MICROS;
    long time = tooEarly ? last + 1 : micros;
    lastTimes[tag.index()] = time;
    return time;
  }
}
