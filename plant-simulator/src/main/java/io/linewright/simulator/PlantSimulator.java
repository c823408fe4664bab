package io.linewright.simulator;

import io.linewright.simulator.edgefile.EdgeFileSource;
import io.linewright.simulator.edgefile.EdgeFileWriter;
import io.linewright.simulator.modbus.RegisterMap;
import io.linewright.simulator.modbus.RegisterPlace;
import io.linewright.simulator.opcua.PlantOpcUaServer;
import io.linewright.simulator.process.Plant;
import io.linewright.simulator.tag.PlantTag;
import io.linewright.simulator.truth.TruthLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** A running simulated plant with its OPC UA and Modbus TCP servers. */
public final class PlantSimulator implements AutoCloseable {

  /** Name of the file in the data directory whose appearance ends all changes. */
  public static final String REST_FILE = "rest";

  private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

  private final SimulatorOptions options;
  private final List<PlantTag> tags;
  private final PlantServers servers;
  private final TruthLog truth;
  private final PlantDriver driver;
  private final Thread thread;
  private final List<Path> edgeFiles;

  private PlantSimulator(
      SimulatorOptions options,
      List<PlantTag> tags,
      PlantServers servers,
      TruthLog truth,
      PlantDriver driver,
      List<Path> edgeFiles) {
    this.options = options;
    this.tags = tags;
    this.servers = servers;
    this.truth = truth;
    this.driver = driver;
    this.edgeFiles = edgeFiles;
    this.thread = Thread.ofPlatform().name("plant").daemon().unstarted(driver);
  }

  /**
   * Starts servers and plant. When this returns, clients can connect and the gateway file is
   * written.
   *
   * @throws IOException if a port is taken, or a file cannot be read or written
   */
  public static PlantSimulator start(SimulatorOptions options) throws IOException {
    ServerAccess access = ServerAccess.prepare(options);
    Files.deleteIfExists(options.dataDirectory().resolve(REST_FILE));
    var plant = new Plant(options.plant());
    List<RegisterPlace> places = RegisterMap.assign(plant.tags());
    PlantServers servers = PlantServers.start(options, access, plant.tags(), places);
    TruthLog truth = TruthLog.none();
    try {
      if (options.truthFile().isPresent()) {
        truth =
            TruthLog.create(
                options.truthFile().get(), plant.tags(), options.plant().seed(), options.speed());
      }
      var outlets = new PlantOutlets(servers, truth, plant.tags().size());
      var driver = new PlantDriver(plant, outlets, InstantSource.system(), options);
      driver.showFirstValues();
      List<Path> edgeFiles = writeEdgeFiles(options, access, servers, plant, places);
      var simulator = new PlantSimulator(options, plant.tags(), servers, truth, driver, edgeFiles);
      simulator.thread.start();
      return simulator;
    } catch (IOException | RuntimeException e) {
      truth.close();
      servers.close();
      throw e;
    }
  }

  /** TCP port of the OPC UA server. */
  public int opcUaPort() {
    return servers.opcUa().port();
  }

  /** URL of the OPC UA endpoint. */
  public String opcUaUrl() {
    return "opc.tcp://"
        + EdgeFileSource.inUrl(options.host())
        + ":"
        + opcUaPort()
        + PlantOpcUaServer.PATH;
  }

  /** TCP port of the Modbus server; 0 if no machine speaks Modbus. */
  public int modbusPort() {
    return servers.modbusPort();
  }

  /** Gateway files written, one per site; empty if none was wanted. */
  public List<Path> edgeFiles() {
    return List.copyOf(edgeFiles);
  }

  /** Number of tags of the plant. */
  public int tagCount() {
    return tags.size();
  }

  /** Whether values stand still for good; the servers still answer. */
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
    servers.close();
  }

  private static List<Path> writeEdgeFiles(
      SimulatorOptions options,
      ServerAccess access,
      PlantServers servers,
      Plant plant,
      List<RegisterPlace> places)
      throws IOException {
    if (options.edgeFile().isEmpty()) {
      return List.of();
    }
    var source =
        new EdgeFileSource(
            plant.tags(),
            places,
            options.host(),
            options.modbusAddress(),
            servers.opcUa().port(),
            servers.modbusPort(),
            options.username(),
            access.passwordFile(),
            access.trustDirectory(),
            options.pollInterval(),
            options.publishingInterval(),
            options.speed());
    return new EdgeFileWriter(source).write(options.plant(), options.edgeFile().get());
  }
}
