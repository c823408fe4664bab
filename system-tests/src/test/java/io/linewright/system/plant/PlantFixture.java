package io.linewright.system.plant;

import io.linewright.bench.plant.Programs;
import io.linewright.bench.plant.RestClient;
import io.linewright.bench.plant.Standalone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A plant of the test's own, in a process of its own, on free ports. */
public final class PlantFixture implements AutoCloseable {

  private final Path directory;
  private final Standalone plant;

  private PlantFixture(Path directory, Standalone plant) {
    this.directory = directory;
    this.plant = plant;
  }

  /** Starts one with the given options of {@code up}. */
  public static PlantFixture start(List<String> options) throws IOException, InterruptedException {
    Path directory = newDirectory();
    return new PlantFixture(
        directory,
        Standalone.start(programs(), directory.resolve("data"), options, Duration.ofMinutes(4)));
  }

  /** All programs, on the class path of this test. */
  public static Programs programs() {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Programs.onClassPath(classPath);
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

  /** A REST client that may read and write. */
  public RestClient rest() {
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
