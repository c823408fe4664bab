package io.linewright.edge.app.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers on disk that the tags of a connection were marked Bad, so that a gateway that restarts
 * meanwhile confirms values that have not changed since (see {@link
 * io.linewright.edge.liveness.Recovery}).
 */
final class SilenceMark {

  private static final Logger LOG = LoggerFactory.getLogger(SilenceMark.class);

  private final Path directory;
  private final Path file;
  private boolean written;

  /**
   * @param directory made when it is needed
   * @param connection id of the connection
   */
  SilenceMark(Path directory, String connection) {
    this.directory = directory;
    this.file = directory.resolve(connection + ".silent");
  }

  /** Time of the marks in microseconds since 1970; empty if there are none. */
  OptionalLong since() {
    try {
      OptionalLong micros = OptionalLong.of(Long.parseLong(Files.readString(file).strip()));
      written = true;
      return micros;
    } catch (NoSuchFileException | NumberFormatException noneOrTorn) {
      return OptionalLong.empty();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(
          "cannot read " + file + "; correct its permissions or delete it", unreadable);
    }
  }

  /** Whether there are marks that were not cleared. */
  boolean standing() {
    return written;
  }

  void set(long micros) {
    if (written) {
      return;
    }
    try {
      Files.createDirectories(directory);
      Files.writeString(file, Long.toString(micros));
      written = true;
    } catch (IOException full) {
      LOG.warn("cannot write {} ({}); check the disk", file, full.toString());
    }
  }

  void clear() {
    try {
      Files.deleteIfExists(file);
      written = false;
    } catch (IOException full) {
      LOG.warn("cannot delete {} ({}); check its permissions", file, full.toString());
    }
  }
}
