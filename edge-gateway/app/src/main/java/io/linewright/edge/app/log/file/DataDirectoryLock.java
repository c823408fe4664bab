package io.linewright.edge.app.log.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a second process (or a second gateway in this one) away from a data directory. */
public final class DataDirectoryLock implements AutoCloseable {

  private final FileChannel channel;

  private DataDirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the directory; it is created if missing.
   *
   * @throws LogException if it is in use or cannot be written
   */
  public static DataDirectoryLock take(Path directory) throws LogException {
    try {
      Files.createDirectories(directory);
      FileChannel channel =
          FileChannel.open(
              directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (locks(channel)) {
        return new DataDirectoryLock(channel);
      }
      channel.close();
    } catch (IOException unusable) {
      throw new LogException(
          LogException.Kind.OTHER,
          "data directory %s cannot be used: %s".formatted(directory, unusable.getMessage()));
    }
    throw new LogException(
        LogException.Kind.OTHER,
        "data directory %s is in use by another gateway: stop it, or give this one its own"
            .formatted(directory));
  }

  private static boolean locks(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException taken) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException ignored) {
      // The lock ends with the process at the latest.
    }
  }
}
