package io.linewright.simulator;

import io.linewright.simulator.edgefile.EdgeFileSource;
import io.linewright.simulator.edgefile.EdgeFileWriter;
import io.linewright.simulator.modbus.PlantModbusServer;
import io.linewright.simulator.modbus.RegisterMap;
import io.linewright.simulator.modbus.RegisterPlace;
import io.linewright.simulator.opcua.OpcUaOptions;
import io.linewright.simulator.opcua.PlantOpcUaServer;
import io.linewright.simulator.opcua.ServerIdentity;
import io.linewright.simulator.plant.PlantTag;
import io.linewright.simulator.process.Plant;
import io.linewright.simulator.truth.TruthLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** A running simulated plant with its OPC UA and Modbus TCP servers. */
public final class PlantSimulator implements AutoCloseable {

  private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

  private final Plant plant;
  private final PlantOpcUaServer opcUa;
  private final Optional<PlantModbusServer> modbus;
  private final TruthLog truth;
  private final PlantDriver driver;
  private final Thread thread;
  private final List<Path> edgeFiles;
  private final SimulatorOptions options;

  private PlantSimulator(
      SimulatorOptions options,
      Plant plant,
      PlantOpcUaServer opcUa,
      Optional<PlantModbusServer> modbus,
      TruthLog truth,
      PlantDriver driver,
      List<Path> edgeFiles) {
    this.options = options;
    this.plant = plant;
    this.opcUa = opcUa;
    this.modbus = modbus;
    this.truth = truth;
    this.driver = driver;
    this.edgeFiles = edgeFiles;
    this.thread = Thread.ofPlatform().name("plant").daemon().unstarted(driver);
  }

  /**
   * Starts servers and plant.
   *
   * @throws IOException if a port is taken, or a file cannot be read or written
   */
  public static PlantSimulator start(SimulatorOptions options) throws IOException {
    return start(options, InstantSource.system());
  }

  static PlantSimulator start(SimulatorOptions options, InstantSource clock) throws IOException {
    Path data = Files.createDirectories(options.dataDirectory()).toAbsolutePath();
    ServerIdentity identity = ServerIdentity.loadOrCreate(data);
    Path trust = data.resolve("trusted");
    identity.exportTo(trust);
    Path passwordFile = options.passwordFile().orElse(data.resolve("opcua-password"));
    String password = ServerIdentity.secret(passwordFile);

    var plant = new Plant(options.plant());
    List<PlantTag> tags = plant.tags();
    List<RegisterPlace> places = RegisterMap.assign(tags);
    PlantOpcUaServer opcUa =
        PlantOpcUaServer.start(
            tags.stream().filter(tag -> tag.machine().modbus().isEmpty()).toList(),
            tags.size(),
            identity,
            new OpcUaOptions(
                options.address(),
                options.opcUaPort(),
                options.username(),
                password,
                options.allowInsecure(),
                options.speed()));
    Optional<PlantModbusServer> modbus = Optional.empty();
    TruthLog truth = TruthLog.none();
    try {
      if (!places.isEmpty()) {
        modbus =
            Optional.of(
                PlantModbusServer.start(
                    places, options.address(), options.modbusPort(), options.pollInterval()));
      }
      if (options.truthFile().isPresent()) {
        truth =
            TruthLog.create(
                options.truthFile().get(), tags, options.plant().seed(), options.speed());
      }
      var outlets = new PlantOutlets(opcUa, modbus, truth, tags.size());
      var driver = new PlantDriver(plant, outlets, clock, options);
      driver.showFirstValues();
      var source =
          new EdgeFileSource(
              tags,
              places,
              options.address(),
              opcUa.port(),
              modbus.map(PlantModbusServer::port).orElse(0),
              options.username(),
              passwordFile,
              trust,
              options.pollInterval(),
              options.speed());
      List<Path> edgeFiles =
          options.edgeFile().isPresent()
              ? new EdgeFileWriter(source).write(options.plant(), options.edgeFile().get())
              : List.of();
      var simulator = new PlantSimulator(options, plant, opcUa, modbus, truth, driver, edgeFiles);
      simulator.thread.start();
      return simulator;
    } catch (IOException | RuntimeException e) {
      truth.close();
      modbus.ifPresent(PlantModbusServer::close);
      opcUa.close();
      throw e;
    }
  }

  /** TCP port of the OPC UA server. */
  public int opcUaPort() {
    return opcUa.port();
  }

  /** URL of the OPC UA endpoint. */
  public String opcUaUrl() {
    return "opc.tcp://" + options.address() + ":" + opcUa.port() + PlantOpcUaServer.PATH;
  }

  /** TCP port of the Modbus server; 0 if no machine speaks Modbus. */
  public int modbusPort() {
    return modbus.map(PlantModbusServer::port).orElse(0);
  }

  /** Gateway files written, one per site; empty if none was wanted. */
  public List<Path> edgeFiles() {
    return List.copyOf(edgeFiles);
  }

  /** Number of tags of the plant. */
  public int tagCount() {
    return plant.tags().size();
  }

  /** Whether the duration is over: values stand still, the servers still answer. */
  public boolean isEnded() {
    return driver.isEnded();
  }

  /** Stops plant and servers; the truth log is complete afterwards. */
  @Override
  public void close() {
    driver.stop();
    try {
      thread.join(LONGEST_STOP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    truth.close();
    modbus.ifPresent(PlantModbusServer::close);
    opcUa.close();
  }
}
