package io.linewright.testkit.infrastructure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A temporary directory that goes with its server. */
final class TestDirectory {

  private TestDirectory() {}

  static Path create(String prefix) {
    try {
      return Files.createTempDirectory("linewright-" + prefix + "-");
    } catch (IOException failed) {
      throw new UncheckedIOException("Cannot create a temporary directory", failed);
    }
  }

  /** Deletes what is there; files that vanish meanwhile are no error. */
  static void delete(Path directory) {
    try (Stream<Path> walk = Files.walk(directory)) {
      List<Path> deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException stillBusy) {
      directory.toFile().deleteOnExit();
    }
  }
}
