package io.linewright.bench.plant;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How to start the platform's programs.
 *
 * @param launch arguments of {@code java} for each program, up to the program's own
 */
public record Programs(Map<Program, List<String>> launch) {

  private static final String VERSION = "0.1.0-SNAPSHOT";

  /** Set by the script, which has just unpacked what {@code ./linewright up} runs. */
  private static final boolean UNPACKED = System.getenv("LINEWRIGHT_UNPACKED") != null;

  /** A program of the platform. */
  public enum Program {
    STANDALONE("standalone", "standalone", "io.linewright.standalone.StandaloneMain"),
    SIMULATOR("plant-simulator", "plant-simulator", "io.linewright.simulator.PlantSimulatorMain"),
    EDGE_GATEWAY(
        "edge-gateway/app", "edge-gateway-app", "io.linewright.edge.app.EdgeGatewayApplication"),
    INGEST_SERVICE(
        "ingest-service/app",
        "ingest-service-app",
        "io.linewright.ingest.app.IngestServiceApplication"),
    API_GATEWAY("api-gateway", "api-gateway", "io.linewright.gateway.app.ApiGatewayApplication"),
    /** This program again: devices that a bench needs in a process of their own. */
    BENCH("benchmarks", "benchmarks", "io.linewright.bench.BenchMain");

    private final String module;
    private final String artifact;
    private final String mainClass;

    Program(String module, String artifact, String mainClass) {
      this.module = module;
      this.artifact = artifact;
      this.mainClass = mainClass;
    }
  }

  public Programs {
    launch = Map.copyOf(launch);
  }

  /**
   * The executable programs of the build, below {@code LINEWRIGHT_ROOT} (set by the script) or the
   * working directory; the platform as {@code up} runs it when the script says that it has unpacked
   * it.
   */
  public static Programs built() {
    Path root =
        Path.of(System.getenv().getOrDefault("LINEWRIGHT_ROOT", ".")).toAbsolutePath().normalize();
    Map<Program, List<String>> launch = new EnumMap<>(Program.class);
    for (Program program : Program.values()) {
      Path target = root.resolve(program.module).resolve("target");
      boolean unpacked = program == Program.STANDALONE && UNPACKED;
      Path jar =
          unpacked
              ? target.resolve("app").resolve(program.artifact + ".jar")
              : target.resolve(program.artifact + "-" + VERSION + "-exec.jar");
      launch.put(program, List.of("-jar", jar.toString()));
    }
    return new Programs(launch);
  }

  /** All programs on one class path, as tests have them. */
  public static Programs onClassPath(String classPath) {
    Map<Program, List<String>> launch = new EnumMap<>(Program.class);
    for (Program program : Program.values()) {
      launch.put(program, List.of("-cp", classPath, program.mainClass));
    }
    return new Programs(launch);
  }

  /** Arguments of {@code java} that start the program. */
  public List<String> of(Program program) {
    List<String> arguments = launch.get(program);
    if (arguments == null) {
      throw new IllegalArgumentException("no way to start " + program);
    }
    return arguments;
  }
}
