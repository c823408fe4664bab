package io.linewright.standalone.postgres;

import io.linewright.standalone.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where PostgreSQL's programs and data are: the directory itself, or, where the account that runs
 * it may not enter that (data below {@code /root}), a directory outside to which a link leads.
 */
final class PostgresPlace {

  private static final Logger log = LoggerFactory.getLogger(PostgresPlace.class);
  private static final Path OUTSIDE = Path.of("/var/lib/linewright");
  private static final String ENTER_ONLY = "rwx--x--x";

  /**
   * The place for a directory, made if it does not exist.
   *
   * @throws StartFailure if the account may enter neither
   */
  static Path prepare(Path directory, Account account) throws IOException, StartFailure {
    if (!Files.exists(directory)) {
      Path parent = directory.toAbsolutePath().getParent();
      if (parent != null && !account.owner().isEmpty()) {
        // The data directory is its owner's alone; the server only has to pass through.
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString(ENTER_ONLY));
      }
      Files.deleteIfExists(directory);
      Files.createDirectory(directory);
      if (!account.mayEnter(directory)) {
        Files.delete(directory);
        Files.createSymbolicLink(directory, outside());
      }
    }
    Path place = directory.toRealPath();
    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString(ENTER_ONLY));
    if (!account.mayEnter(place)) {
      throw new StartFailure(
          "PostgreSQL must not run as root, and the account '"
              + account.owner()
              + "' may not enter "
              + place
              + ". Choose a directory that others may pass through with --data DIR, or run"
              + " Linewright as an ordinary user.");
    }
    return place;
  }

  private static Path outside() throws IOException {
    Path place = OUTSIDE.resolve("postgres-" + UUID.randomUUID());
    Files.createDirectories(place);
    log.info("PostgreSQL may not enter the data directory; its data are in {}", place);
    return place;
  }

  private PostgresPlace() {}
}
