package io.linewright.standalone;

import io.linewright.edge.app.config.EdgeFileException;
import io.linewright.edge.app.config.EdgeFileReader;
import io.linewright.edge.config.GatewayIdentity;
import io.linewright.mqtt.Grant;
import io.linewright.simulator.PlantSimulator;
import io.linewright.simulator.SimulatorOptions;
import io.linewright.simulator.plant.PlantDescription;
import io.linewright.simulator.plantfile.PlantFile;
import io.linewright.simulator.plantfile.PlantFileException;
import io.linewright.standalone.data.Credentials;
import io.linewright.standalone.data.DataDirectory;
import io.linewright.standalone.data.PrivateFiles;
import io.linewright.standalone.tls.Listener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The machines behind the gateway: the simulated plant, or those of the user's gateway file. */
final class Plant {

  private static final Grant.Node FIRST_GATEWAY = new Grant.Node("acme:graz", "gw-1");

  private final DataDirectory data;
  private final UpOptions options;
  private final Listener listener;
  private final Ports ports;
  private final Credentials credentials;
  private final Path simulatedEdgeFile;

  Plant(
      DataDirectory data,
      UpOptions options,
      Listener listener,
      Ports ports,
      Credentials credentials) {
    this.data = data;
    this.options = options;
    this.listener = listener;
    this.ports = ports;
    this.credentials = credentials;
    this.simulatedEdgeFile = data.file("edge").resolve("edge.yaml");
  }

  /** Modbus has neither TLS nor passwords: it stays on the loopback address. */
  static Listener modbusListener(Listener listener) {
    return listener.tls().isPresent() ? Listener.plain("127.0.0.1") : listener;
  }

  /** Starts the simulated plant, which writes the gateway file for itself. */
  PlantSimulator start() throws StartFailure {
    try {
      Path password = data.directory("edge").resolve("opcua-password");
      PrivateFiles.write(password, credentials.opcUa().password());
      String file = options.plant == null ? "demo" : options.plant;
      PlantDescription plant = PlantFile.load(file);
      if (options.simulatorSeed != null) {
        plant = plant.withSeed(options.simulatorSeed);
      }
      SimulatorOptions.Builder builder =
          SimulatorOptions.builder(plant, data.directory("simulator"))
              .address(listener.bind())
              .host(listener.host())
              .modbusAddress(modbusListener(listener).bind())
              .ports(ports.opcUa(), ports.modbus())
              .passwordFile(password)
              .edgeFile(simulatedEdgeFile)
              .speed(options.simulatorSpeed);
      optional(builder);
      return PlantSimulator.start(builder.build());
    } catch (PlantFileException | IllegalArgumentException wrong) {
      throw new StartFailure(String.valueOf(wrong.getMessage()), wrong);
    } catch (IOException cannotStart) {
      throw new StartFailure("The simulated plant does not start: " + cannotStart, cannotStart);
    }
  }

  private void optional(SimulatorOptions.Builder builder) {
    if (options.simulatorTruth != null) {
      builder.truthFile(options.simulatorTruth);
    }
    if (options.simulatorDuration != null) {
      builder.duration(options.simulatorDuration);
    }
    if (options.waitForGateway != null) {
      builder.waitForGateway(options.waitForGateway);
    }
  }

  /** The gateway file to use; empty if no machine is connected here. */
  Optional<Path> edgeFile() {
    return options.simulated() ? Optional.of(simulatedEdgeFile) : options.ownEdgeFile();
  }

  /** The gateways that may publish; the first of a new plant if there is no file yet. */
  List<Grant.Node> gateways() throws StartFailure {
    if (edgeFile().isEmpty()) {
      return List.of(FIRST_GATEWAY);
    }
    try {
      GatewayIdentity gateway = EdgeFileReader.read(edgeFile().get()).gateway();
      return List.of(new Grant.Node(gateway.group(), gateway.node()));
    } catch (EdgeFileException wrong) {
      throw new StartFailure(String.valueOf(wrong.getMessage()), wrong);
    }
  }

  /** Sparkplug groups the bridge carries. */
  List<String> groups() throws StartFailure {
    List<String> groups = new ArrayList<>(gateways().stream().map(Grant.Node::group).toList());
    groups.addAll(options.groups);
    return groups.stream().distinct().toList();
  }
}
