package io.linewright.testkit.infrastructure;

import com.github.dockerjava.api.exception.DockerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * TimescaleDB in a container, of the image that {@code docker-compose.yml} runs: one for all tests
 * of a JVM, taken away when that ends.
 */
final class TimescaleContainer {

  private static final String REPOSITORY = "timescale/timescaledb";

  /** System property that names another image. */
  private static final String IMAGE = "linewright.test.timescale.image";

  /** A container's database, or why there is none. */
  sealed interface Outcome {
    /** It runs. */
    record Running(Database database) implements Outcome {}

    /** There is none, because of this. */
    record Missing(String why) implements Outcome {}
  }

  private TimescaleContainer() {}

  /** Starts it, where a Docker engine answers and has the images or can get them. */
  static Outcome start() {
    String named = System.getProperty(IMAGE, "");
    String image = named.isBlank() ? shipped() : named;
    try {
      if (!DockerClientFactory.instance().isDockerAvailable()) {
        return new Outcome.Missing("no Docker engine answers");
      }
      PostgreSQLContainer container =
          new PostgreSQLContainer(
                  DockerImageName.parse(image).asCompatibleSubstituteFor("postgres"))
              .withCommand("postgres -c fsync=off -c max_locks_per_transaction=512");
      container.start();
      return new Outcome.Running(
          new Database(container.getJdbcUrl(), container.getUsername(), container.getPassword()));
    } catch (ContainerFetchException | DockerException unreachable) {
      return new Outcome.Missing("%s cannot be had: %s".formatted(image, unreachable));
    }
  }

  /** The image that the product is run with. */
  private static String shipped() {
    Path file =
        Path.of(System.getenv().getOrDefault("LINEWRIGHT_ROOT", ".")).resolve("docker-compose.yml");
    try (var lines = Files.lines(file)) {
      return lines
          .map(String::strip)
          .filter(line -> line.startsWith("image: " + REPOSITORY + ":"))
          .map(line -> line.substring("image: ".length()))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException(file + " runs no image of " + REPOSITORY));
    } catch (IOException unreadable) {
      throw new IllegalStateException("which image to test with is not known", unreadable);
    }
  }
}
