package io.linewright.edge.app;

import io.linewright.edge.app.driver.DeviceLink;
import io.linewright.edge.app.driver.Driver;
import io.linewright.edge.app.driver.DriverStatus;
import io.linewright.edge.app.driver.DriverStatus.Counts;
import io.linewright.edge.app.driver.StageCounters;
import io.linewright.edge.app.driver.Supervisor;
import io.linewright.edge.app.driver.TagChannel;
import io.linewright.edge.app.driver.TagWriter;
import io.linewright.edge.app.driver.WriteOutcome;
import io.linewright.edge.app.modbus.ModbusLink;
import io.linewright.edge.app.modbus.ModbusStatistics;
import io.linewright.edge.app.opcua.OpcUaLink;
import io.linewright.edge.config.Connection;
import io.linewright.edge.config.DeviceSettings;
import io.linewright.edge.config.EdgeFile;
import io.linewright.edge.liveness.BackOff;
import io.linewright.edge.sampling.SampleSink;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/** All drivers of a gateway file: one per connection that has devices. */
public final class EdgeDrivers implements TagWriter, AutoCloseable {

  private final List<Driver> drivers = new ArrayList<>();
  private final Map<EquipmentPath, TagWriter> writers = new HashMap<>();
  private final Map<String, ModbusLink> modbusLinks = new TreeMap<>();

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

  private Driver driver(
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
          case Connection.Modbus modbus -> new ModbusLink(modbus, byUnit);
        };
    if (link instanceof ModbusLink modbus) {
      modbusLinks.put(connection.id(), modbus);
    }
    if (link instanceof TagWriter writer) {
      devices.forEach(device -> writers.put(device.path(), writer));
    }
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

  /** Books of every Modbus connection, by its id. */
  public Map<String, ModbusStatistics> modbusStatistics() {
    Map<String, ModbusStatistics> statistics = new TreeMap<>();
    modbusLinks.forEach((id, link) -> statistics.put(id, link.statistics()));
    return statistics;
  }

  @Override
  public CompletableFuture<WriteOutcome> write(TagKey tag, SampleValue value, Duration patience) {
    TagWriter writer = writers.get(tag.equipment());
    return writer != null
        ? writer.write(tag, value, patience)
        : CompletableFuture.completedFuture(
            new WriteOutcome.Refused(
                StatusCode.BAD_NODE_ID_UNKNOWN,
                tag.equipment() + " has no connection that can be written to"));
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
