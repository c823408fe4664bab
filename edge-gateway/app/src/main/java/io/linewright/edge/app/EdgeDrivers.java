package io.linewright.edge.app;

import io.linewright.edge.app.driver.DeviceLink;
import io.linewright.edge.app.driver.Driver;
import io.linewright.edge.app.driver.DriverStatus;
import io.linewright.edge.app.driver.DriverStatus.Counts;
import io.linewright.edge.app.driver.StageCounters;
import io.linewright.edge.app.driver.Supervisor;
import io.linewright.edge.app.driver.TagChannel;
import io.linewright.edge.app.modbus.ModbusLink;
import io.linewright.edge.app.opcua.OpcUaLink;
import io.linewright.edge.config.Connection;
import io.linewright.edge.config.DeviceSettings;
import io.linewright.edge.config.EdgeFile;
import io.linewright.edge.liveness.BackOff;
import io.linewright.edge.sampling.SampleSink;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** All drivers of a gateway file: one per connection that has devices. */
public final class EdgeDrivers implements AutoCloseable {

  private final List<Driver> drivers = new ArrayList<>();

  /**
   * Prepares the drivers; nothing is connected yet.
   *
   * @param sink takes all values; called by one thread per connection
   * @param clock the gateway's clock
   * @param dataDir the gateway's directory; keys go to {@code pki/own}, marks to {@code drivers}
   * @param random jitter of pauses
   */
  public EdgeDrivers(
      EdgeFile file, SampleSink sink, InstantSource clock, Path dataDir, RandomGenerator random) {
    for (Connection connection : file.connections()) {
      List<DeviceSettings> devices =
          file.devices().stream().filter(d -> d.connection().equals(connection.id())).toList();
      if (!devices.isEmpty()) {
        drivers.add(driver(file, connection, devices, sink, clock, dataDir, random));
      }
    }
  }

  private static Driver driver(
      EdgeFile file,
      Connection connection,
      List<DeviceSettings> devices,
      SampleSink sink,
      InstantSource clock,
      Path dataDir,
      RandomGenerator random) {
    StageCounters counters = new StageCounters();
    List<TagChannel> tags = new ArrayList<>();
    Map<Integer, List<TagChannel>> byUnit = new TreeMap<>();
    for (DeviceSettings device : devices) {
      List<TagChannel> ofDevice = TagChannel.of(device, sink, clock, counters);
      tags.addAll(ofDevice);
      byUnit.computeIfAbsent(device.unitId(), u -> new ArrayList<>()).addAll(ofDevice);
    }
    DeviceLink link =
        switch (connection) {
          case Connection.OpcUa opcUa ->
              new OpcUaLink(opcUa, tags, counters, dataDir.resolve("pki"), name(file));
          case Connection.ModbusTcp modbus -> new ModbusLink(modbus, byUnit);
        };
    return new Supervisor(
        connection.id(), link, tags, counters, dataDir.resolve("drivers"), BackOff.DEFAULT, random);
  }

  private static String name(EdgeFile file) {
    return file.gateway().group() + "/" + file.gateway().node();
  }

  /** Starts all drivers; returns at once. */
  public void start() {
    drivers.forEach(Driver::start);
  }

  /** State and books of every driver, in the order of the file. */
  public List<DriverStatus> status() {
    return drivers.stream().map(Driver::status).toList();
  }

  /** Sums of the books of all drivers. */
  public Counts totals() {
    return drivers.stream().map(d -> d.status().counts()).reduce(Counts.NONE, Counts::plus);
  }

  /** Stops all drivers. */
  @Override
  public void close() {
    drivers.forEach(Driver::close);
  }
}
