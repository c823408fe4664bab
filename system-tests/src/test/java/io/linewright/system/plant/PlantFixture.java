package io.linewright.system.plant;

import io.linewright.bench.plant.Programs;
import io.linewright.bench.plant.RestClient;
import io.linewright.bench.plant.Standalone;
import io.linewright.simulator.PlantSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A plant of the test's own, in a process of its own, on free ports. */
public final class PlantFixture implements AutoCloseable {

  /** Order of the test class that lets the shared plant rest. */
  public static final int LAST = Integer.MAX_VALUE;

  /**
   * {@link org.junit.jupiter.api.Order} of the others: plants of their own do not run beside it.
   */
  public static final int SHARED = LAST - 1;

  private final Path directory;
  private final Standalone plant;

  private PlantFixture(Path directory, Standalone plant) {
    this.directory = directory;
    this.plant = plant;
  }

  /** Starts one with the given options of {@code up}; the simulator writes {@link #truth}. */
  public static PlantFixture start(List<String> options) throws IOException, InterruptedException {
    Path directory = newDirectory();
    List<String> all = new ArrayList<>(options);
    if (!options.contains("--no-simulator")) {
      all.addAll(List.of("--simulator-truth", directory.resolve("truth.tsv").toString()));
    }
    long begin = System.nanoTime();
    PlantFixture fixture =
        new PlantFixture(
            directory,
            Standalone.start(programs(), directory.resolve("data"), all, Duration.ofMinutes(4)));
    System.out.printf(
        "plant ready after %.1f s: up %s%n", (System.nanoTime() - begin) / 1e9, options);
    return fixture;
  }

  /** All programs, on the class path of this test. */
  public static Programs programs() {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Programs.onClassPath(classPath);
  }

  /**
   * The services as they are delivered if this build has packaged them ({@code mvn verify}), else
   * on the class path of this test ({@code mvn test}).
   */
  public static Programs services() {
    Programs tested = programs();
    String classPath = tested.of(Programs.Program.INGEST_SERVICE).get(1);
    return classPath.matches(".*ingest-service-app-[^/]*\\.jar.*") ? Programs.built() : tested;
  }

  /** A directory that PostgreSQL's own user can walk through. */
  static Path newDirectory() throws IOException {
    return Files.createTempDirectory(
        "linewright-system-",
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
  }

  /** Directory of the test; its data directory is {@code data} within. */
  public Path directory() {
    return directory;
  }

  public Standalone plant() {
    return plant;
  }

  /** The simulator's log of what it did. */
  public Path truth() {
    return directory.resolve("truth.tsv");
  }

  /** Lets the simulated plant stand still for good. */
  public void rest() throws IOException {
    Files.writeString(
        plant.data().resolve("simulator").resolve(PlantSimulator.REST_FILE), "by a test");
  }

  /** The data directory. */
  public Path data() {
    return plant.data();
  }

  /** A REST client that may read and write. */
  public RestClient client() {
    return plant.rest(InstantSource.system());
  }

  @Override
  public void close() {
    plant.close();
    deleteAll(directory);
  }

  static void deleteAll(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException leftBehind) {
      System.err.println("left behind: " + directory + " (" + leftBehind + ")");
    }
  }
}
