package io.linewright.standalone;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code linewright up} can be told. */
final class UpOptions {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Directory for everything that is kept (default: ${DEFAULT-VALUE}).",
      defaultValue = "${sys:linewright.data:-data}")
  Path data = Path.of("data");

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Port of dashboard and REST (default: 8080).")
  @Nullable Integer port;

  @Option(
      names = "--bind",
      paramLabel = "ADDR",
      description =
          "Address to listen on, 0.0.0.0 for all; beyond loopback every port speaks TLS"
              + " (default: 127.0.0.1).",
      defaultValue = "127.0.0.1")
  String bind = "127.0.0.1";

  @Option(names = "--kafka-port", paramLabel = "N", description = "Port of Kafka (default: 9092).")
  @Nullable Integer kafkaPort;

  @Option(names = "--mqtt-port", paramLabel = "N", description = "Port of MQTT (default: 1883).")
  @Nullable Integer mqttPort;

  @Option(
      names = "--postgres-port",
      paramLabel = "N",
      description = "Port of PostgreSQL (default: 15432).")
  @Nullable Integer postgresPort;

  @Option(
      names = "--opcua-port",
      paramLabel = "N",
      description = "Port of the simulated plant's OPC UA server (default: 4840).")
  @Nullable Integer opcUaPort;

  @Option(
      names = "--modbus-port",
      paramLabel = "N",
      description = "Port of the simulated plant's Modbus server (default: 5020).")
  @Nullable Integer modbusPort;

  @Option(
      names = "--free-ports",
      description = "Choose a free port for everything that is not given a port.")
  boolean freePorts;

  @Option(
      names = "--plant",
      paramLabel = "FILE",
      description = "Plant file of the simulator (default: the demo plant).")
  @Nullable String plant;

  @Option(names = "--no-simulator", description = "Start no simulated plant.")
  boolean noSimulator;

  @Option(
      names = "--edge",
      paramLabel = "FILE",
      description = "Gateway file with your own machines; no simulated plant is started.")
  @Nullable Path edge;

  @Option(
      names = "--services",
      paramLabel = "NAME",
      split = ",",
      description =
          "Services to run in this process: edge, bridge, ingest, oee, gateway, or none (default: all)."
              + " The settings of each are in DATA/config/NAME.properties.")
  List<String> services = List.of("edge", "bridge", "ingest", "oee", "gateway");

  @Option(
      names = "--instances",
      paramLabel = "NAME=N",
      description =
          "Several instances of a service, 1 to 3; today of ingest only. The settings of the second"
              + " are in DATA/config/ingest-2.properties.")
  Map<String, Integer> instances = Map.of();

  @Option(
      names = "--group",
      paramLabel = "GROUP",
      description =
          "Sparkplug group of gateways outside that the bridge carries as well; may be repeated.")
  List<String> groups = List.of();

  @Option(
      names = "--simulator-seed",
      paramLabel = "N",
      description = "Seed of the simulated plant instead of the plant file's.")
  @Nullable Long simulatorSeed;

  @Option(
      names = "--simulator-speed",
      paramLabel = "N",
      description = "Simulated seconds per second (default: 1).",
      defaultValue = "1")
  double simulatorSpeed = 1;

  @Option(
      names = "--simulator-duration",
      paramLabel = "TIME",
      converter = DurationText.class,
      description = "The plant changes that long, 60s or 5m, and then stands still.")
  @Nullable Duration simulatorDuration;

  @Option(
      names = "--simulator-truth",
      paramLabel = "FILE",
      description = "Every value the plant shows is written into this file.")
  @Nullable Path simulatorTruth;

  @Option(
      names = "--wait-for-gateway",
      arity = "0..1",
      fallbackValue = "60s",
      paramLabel = "TIME",
      converter = DurationText.class,
      description = "The plant holds its first change until every tag is read (at most 60s).")
  @Nullable Duration waitForGateway;

  @Option(
      names = "--min-free-disk",
      paramLabel = "MIB",
      description = "Refuse to start with less free space (default: ${DEFAULT-VALUE}).",
      defaultValue = "1024")
  long minFreeDiskMib = 1024;

  /** Whether the simulated plant runs. */
  boolean simulated() {
    return !noSimulator && edge == null;
  }

  /** How many instances of the ingest-service there are. */
  int ingestInstances() {
    return instances.getOrDefault("ingest", 1);
  }

  /** The gateway file given by the user. */
  Optional<Path> ownEdgeFile() {
    return Optional.ofNullable(edge).map(Path::toAbsolutePath);
  }
}
