package io.linewright.simulator;

import io.linewright.simulator.plant.PlantDescription;
import io.linewright.simulator.plantfile.PlantFile;
import io.linewright.simulator.plantfile.PlantFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The simulator as a program. Prints one line {@code ready {…}} when its servers are up. */
@Command(
    name = "plant-simulator",
    description = "A simulated plant that speaks OPC UA and Modbus TCP.",
    mixinStandardHelpOptions = true,
    version = "0.1.0",
    sortOptions = false)
public final class PlantSimulatorMain implements Callable<Integer> {

  private static final int WRONG_INPUT = 2;
  private static final int CANNOT_RUN = 3;

  @Option(
      names = "--plant",
      defaultValue = "demo",
      paramLabel = "FILE|demo|load",
      description = "Plant file, or one of the plants inside (default: ${DEFAULT-VALUE}).")
  private String plant = "demo";

  @Option(names = "--bind", defaultValue = "127.0.0.1", description = "Local address to listen on.")
  private String bind = "127.0.0.1";

  @Option(
      names = "--opcua-port",
      defaultValue = "0",
      description = "OPC UA port, 0 for a free one (default: ${DEFAULT-VALUE}).")
  private int opcUaPort;

  @Option(
      names = "--modbus-port",
      defaultValue = "0",
      description = "Modbus TCP port, 0 for a free one (default: ${DEFAULT-VALUE}).")
  private int modbusPort;

  @Option(
      names = "--data-dir",
      defaultValue = "plant-simulator-data",
      description = "Keeps key, certificate and password (default: ${DEFAULT-VALUE}).")
  private Path dataDirectory = Path.of("plant-simulator-data");

  @Option(names = "--password-file", description = "Holds the password of OPC UA user 'edge'.")
  private @Nullable Path passwordFile;

  @Option(names = "--truth", description = "Writes every value shown into this file.")
  private @Nullable Path truth;

  @Option(names = "--seed", description = "Seed instead of the plant file's.")
  private @Nullable Long seed;

  @Option(
      names = "--speed",
      defaultValue = "1",
      description = "Simulated seconds per second (default: ${DEFAULT-VALUE}).")
  private double speed = 1;

  @Option(
      names = "--register-patience",
      defaultValue = "60s",
      converter = DurationText.class,
      description =
          "How long Modbus registers wait for a gateway that stays away (default:"
              + " ${DEFAULT-VALUE}).")
  private Duration registerPatience = Duration.ofSeconds(60);

  @Option(
      names = "--duration",
      converter = DurationText.class,
      description = "After that time of changes (60s, 5m) values stand still.")
  private @Nullable Duration duration;

  @Option(
      names = "--wait-for-gateway",
      arity = "0..1",
      fallbackValue = "60s",
      converter = DurationText.class,
      description =
          "Holds the first change until a gateway reads every tag, at most that long (60s).")
  private @Nullable Duration waitForGateway;

  @Option(
      names = "--poll-interval",
      defaultValue = "250ms",
      converter = DurationText.class,
      description = "Modbus poll interval of the gateway (default: ${DEFAULT-VALUE}).")
  private Duration pollInterval = Duration.ofMillis(250);

  @Option(
      names = "--publishing-interval",
      defaultValue = "250ms",
      converter = DurationText.class,
      description = "OPC UA publishing interval of the gateway (default: ${DEFAULT-VALUE}).")
  private Duration publishingInterval = Duration.ofMillis(250);

  @Option(names = "--write-edge-file", description = "Writes the gateway file that reads all.")
  private @Nullable Path edgeFile;

  @Option(names = "--allow-insecure", description = "Also offers OPC UA without encryption.")
  private boolean allowInsecure;

  @Spec private CommandSpec spec = CommandSpec.create();

  private PlantSimulatorMain() {}

  /** Runs until it is stopped; exit code 2 for wrong input, 3 if it cannot run. */
  public static void main(String[] arguments) {
    if (System.getProperty("logback.configurationFile") == null) {
      System.setProperty(
          "logback.configurationFile", "io/linewright/simulator/plant-simulator-logback.xml");
    }
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new PlantSimulatorMain());
  }

  @Override
  public Integer call() throws InterruptedException {
    try {
      PlantDescription description = PlantFile.load(plant);
      if (seed != null) {
        description = description.withSeed(seed);
      }
      return run(options(description));
    } catch (PlantFileException | IllegalArgumentException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return WRONG_INPUT;
    } catch (IOException e) {
      spec.commandLine().getErr().println("plant-simulator: " + reason(e));
      return CANNOT_RUN;
    }
  }

  private SimulatorOptions options(PlantDescription description) {
    SimulatorOptions.Builder options =
        SimulatorOptions.builder(description, dataDirectory)
            .address(bind)
            .ports(opcUaPort, modbusPort)
            .speed(speed)
            .registerPatience(registerPatience)
            .pollInterval(pollInterval)
            .publishingInterval(publishingInterval)
            .allowInsecure(allowInsecure);
    if (passwordFile != null) {
      options.passwordFile(passwordFile);
    }
    if (truth != null) {
      options.truthFile(truth);
    }
    if (edgeFile != null) {
      options.edgeFile(edgeFile);
    }
    if (duration != null) {
      options.duration(duration);
    }
    if (waitForGateway != null) {
      options.waitForGateway(waitForGateway);
    }
    return options.build();
  }

  private static int run(SimulatorOptions options) throws IOException, InterruptedException {
    PlantSimulator simulator = PlantSimulator.start(options);
    var stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  simulator.close();
                  stopped.countDown();
                }));
    System.out.println("ready " + json(simulator));
    System.out.flush();
    stopped.await();
    return 0;
  }

  private static String json(PlantSimulator simulator) {
    String files =
        simulator.edgeFiles().stream()
            .map(file -> quoted(file.toAbsolutePath().toString()))
            .collect(Collectors.joining(",", "[", "]"));
    return String.join(
        ",",
        List.of(
            "{\"opcua\":" + quoted(simulator.opcUaUrl()),
            "\"opcua_port\":" + simulator.opcUaPort(),
            "\"modbus_port\":" + simulator.modbusPort(),
            "\"tags\":" + simulator.tagCount(),
            "\"edge_files\":" + files,
            "\"pid\":" + ProcessHandle.current().pid() + "}"));
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String reason(IOException e) {
    return e instanceof java.nio.file.NoSuchFileException missing
        ? "there is no file " + missing.getFile()
        : String.valueOf(e.getMessage());
  }

  /** Reads {@code 500ms}, {@code 60s}, {@code 5m}, {@code 2h}. */
  private static final class DurationText implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      try {
        return text.endsWith("ms")
            ? Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)))
            : Duration.parse("PT" + text);
      } catch (RuntimeException notADuration) {
        throw new TypeConversionException(
            "'" + text + "' must be a duration such as 500ms, 60s, 5m or 2h");
      }
    }
  }
}
