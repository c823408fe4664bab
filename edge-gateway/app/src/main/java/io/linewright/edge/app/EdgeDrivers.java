package io.linewright.edge.app;

import io.linewright.edge.app.driver.ConnectionDriver;
import io.linewright.edge.app.driver.DeviceLink;
import io.linewright.edge.app.driver.DriverStatus;
import io.linewright.edge.app.driver.DriverStatus.Counts;
import io.linewright.edge.app.driver.StageCounters;
import io.linewright.edge.app.driver.TagChannel;
import io.linewright.edge.app.driver.TagWriter;
import io.linewright.edge.app.driver.WriteOutcome;
import io.linewright.edge.app.modbus.ModbusLink;
import io.linewright.edge.app.modbus.ModbusStatistics;
import io.linewright.edge.app.opcua.OpcUaLink;
import io.linewright.edge.config.Connection;
import io.linewright.edge.config.EdgeFile;
import io.linewright.edge.config.change.FileChange;
import io.linewright.edge.sampling.SampleSink;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All drivers of a gateway file: one per connection that has devices. */
public final class EdgeDrivers implements TagWriter, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EdgeDrivers.class);

  /**
   * The drivers in force.
   *
   * @param byId in the order of the file
   * @param gone books of connections that are not in the file any more
   */
  private record Running(
      Map<String, ConnectionDriver> byId, Map<EquipmentPath, TagWriter> writers, Counts gone) {

    static Running of(Map<String, ConnectionDriver> byId, Counts gone) {
      Map<EquipmentPath, TagWriter> writers = new HashMap<>();
      for (ConnectionDriver driver : byId.values()) {
        if (driver.link() instanceof TagWriter writer) {
          driver.part().devices().forEach(device -> writers.put(device.path(), writer));
        }
      }
      return new Running(byId, writers, gone);
    }
  }

  private final ConnectionDriver.Surroundings around;
  private final Path pki;
  private final String name;
  private volatile Running running;
  private EdgeFile file;
  private boolean started;
  private boolean closed;

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
    this.around =
        new ConnectionDriver.Surroundings(sink, clock, dataDir.resolve("drivers"), random);
    this.pki = dataDir.resolve("pki");
    this.name = file.gateway().group() + "/" + file.gateway().node();
    this.file = file;
    this.running = Running.of(drivers(file, Map.of()), Counts.NONE);
  }

  /** The drivers of a file; those that are given are used again. */
  private Map<String, ConnectionDriver> drivers(EdgeFile of, Map<String, ConnectionDriver> kept) {
    Map<String, ConnectionDriver> drivers = new LinkedHashMap<>();
    FileChange.parts(of)
        .forEach(
            (id, part) -> {
              ConnectionDriver same = kept.get(id);
              if (same != null) {
                drivers.put(id, same);
              } else if (!part.devices().isEmpty()) {
                drivers.put(id, driver(part));
              }
            });
    return drivers;
  }

  private ConnectionDriver driver(FileChange.Part part) {
    return new ConnectionDriver(
        part, (byUnit, counters) -> link(part.connection(), byUnit, counters), around);
  }

  private DeviceLink link(
      Connection connection, Map<Integer, List<TagChannel>> byUnit, StageCounters counters) {
    return switch (connection) {
      case Connection.OpcUa opcUa ->
          new OpcUaLink(
              opcUa, byUnit.values().stream().flatMap(List::stream).toList(), counters, pki, name);
      case Connection.Modbus modbus -> new ModbusLink(modbus, byUnit);
    };
  }

  /** Starts all drivers; returns at once. */
  public synchronized void start() {
    started = true;
    running.byId().values().forEach(ConnectionDriver::start);
  }

  /**
   * Reads what another file says. Drivers of connections that are the same in both go on untouched;
   * the others are closed, and new ones take over how their tags stood. Returns when the new ones
   * have been started; if this fails, nothing has changed.
   */
  public synchronized void take(EdgeFile next) {
    if (closed) {
      return;
    }
    FileChange change = FileChange.between(file, next);
    Map<String, ConnectionDriver> leaving = new LinkedHashMap<>(running.byId());
    Map<String, ConnectionDriver> kept = new HashMap<>();
    for (FileChange.Part part : change.unchanged()) {
      ConnectionDriver same = leaving.remove(part.connection().id());
      if (same != null) {
        kept.put(same.id(), same);
      }
    }
    Map<String, ConnectionDriver> drivers = drivers(next, kept); // all made: it cannot fail now
    List<ConnectionDriver> ended = List.copyOf(leaving.values());
    closeAll(ended);
    drivers.forEach(
        (id, driver) -> {
          if (started && !kept.containsKey(id)) {
            driver.startAfter(ended);
          }
        });
    Counts gone = running.gone();
    for (ConnectionDriver driver : ended) {
      if (!drivers.containsKey(driver.id())) {
        gone = gone.plus(driver.counts());
        driver.forget();
      }
    }
    running = Running.of(drivers, gone);
    file = next;
    LOG.info(
        "Connections: {} go on, {} begin anew, {} are new, {} are gone",
        change.unchanged().size(),
        change.changed().size(),
        change.added().size(),
        change.gone().size());
  }

  /** At the same time: each may take seconds. */
  private static void closeAll(List<ConnectionDriver> drivers) {
    drivers.forEach(ConnectionDriver::replaced);
    try (ExecutorService closers = Executors.newVirtualThreadPerTaskExecutor()) {
      drivers.forEach(driver -> closers.execute(driver::close));
    }
  }

  /** State and books of every driver, in the order of the file. */
  public List<DriverStatus> status() {
    return running.byId().values().stream().map(ConnectionDriver::status).toList();
  }

  /** Books of every Modbus connection, by its id, since it began (anew). */
  public Map<String, ModbusStatistics> modbusStatistics() {
    Map<String, ModbusStatistics> statistics = new TreeMap<>();
    for (ConnectionDriver driver : running.byId().values()) {
      if (driver.link() instanceof ModbusLink modbus) {
        statistics.put(driver.id(), modbus.statistics());
      }
    }
    return statistics;
  }

  @Override
  public CompletableFuture<WriteOutcome> write(TagKey tag, SampleValue value, Duration patience) {
    TagWriter writer = running.writers().get(tag.equipment());
    return writer != null
        ? writer.write(tag, value, patience)
        : CompletableFuture.completedFuture(
            new WriteOutcome.Refused(
                StatusCode.BAD_NODE_ID_UNKNOWN,
                tag.equipment() + " has no connection that can be written to"));
  }

  /** Sums of the books of all drivers since the start, also of connections that are gone. */
  public Counts totals() {
    Running now = running;
    return now.byId().values().stream()
        .map(ConnectionDriver::counts)
        .reduce(now.gone(), Counts::plus);
  }

  /** Stops all drivers. */
  @Override
  public synchronized void close() {
    closed = true;
    running.byId().values().forEach(ConnectionDriver::close);
  }
}
