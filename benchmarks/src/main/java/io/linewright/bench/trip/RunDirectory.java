package io.linewright.bench.trip;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a run keeps its plant; shared by all commands. */
public final class RunDirectory {

  @Option(
      names = "--evidence",
      paramLabel = "DIR",
      description = "Leaves ground truth, stored rows, addresses and read credentials there.")
  private @Nullable Path evidence;

  @Option(names = "--keep", description = "Keeps the plant's data directory and says where it is.")
  private boolean keep;

  /** A directory for one run; deleted at the end unless it is to be kept. */
  public record Place(Path path, Optional<Path> evidence, boolean keep) implements AutoCloseable {

    /** The same, to be kept whatever was asked for: a run that failed is to be looked at. */
    public Place kept() {
      return new Place(path, evidence, true);
    }

    @Override
    public void close() throws IOException {
      if (keep) {
        System.out.println("kept: " + path);
        return;
      }
      try (Stream<Path> files = Files.walk(path)) {
        files.sorted(Comparator.reverseOrder()).forEach(Place::delete);
      }
    }

    private static void delete(Path file) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException undeletable) {
        throw new UncheckedIOException("cannot delete " + file, undeletable);
      }
    }
  }

  /** Makes the directory of a run. */
  public Place open(String name) throws IOException {
    if (evidence != null) {
      Files.createDirectories(evidence);
    }
    // PostgreSQL refuses to run as root; its own user must be able to walk through this directory.
    Path path =
        Files.createTempDirectory(
            "linewright-" + name + "-",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    return new Place(path, Optional.ofNullable(evidence), keep);
  }
}
