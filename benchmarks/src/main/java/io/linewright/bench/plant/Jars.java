package io.linewright.bench.plant;

import java.nio.file.Path;

/**
 * The platform's programs as the build leaves them.
 *
 * @param root the repository's root
 */
public record Jars(Path root) {

  private static final String VERSION = "0.1.0-SNAPSHOT";

  /**
   * From the environment variable {@code LINEWRIGHT_ROOT} that the script sets, else the working
   * directory.
   */
  public static Jars ofEnvironment() {
    String root = System.getenv().getOrDefault("LINEWRIGHT_ROOT", ".");
    return new Jars(Path.of(root).toAbsolutePath().normalize());
  }

  public Path standalone() {
    return jar("standalone", "standalone");
  }

  public Path simulator() {
    return jar("plant-simulator", "plant-simulator");
  }

  public Path edgeGateway() {
    return jar("edge-gateway/app", "edge-gateway-app");
  }

  public Path ingestService() {
    return jar("ingest-service/app", "ingest-service-app");
  }

  public Path apiGateway() {
    return jar("api-gateway", "api-gateway");
  }

  private Path jar(String module, String artifact) {
    return root.resolve(module).resolve("target").resolve(artifact + "-" + VERSION + "-exec.jar");
  }
}
