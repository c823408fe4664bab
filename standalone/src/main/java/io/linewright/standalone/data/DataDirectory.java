package io.linewright.standalone.data;

import io.linewright.standalone.StartFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Everything the platform keeps, in one directory, locked while a platform runs on it. */
public final class DataDirectory implements AutoCloseable {

  private static final long MEBIBYTE = 1024 * 1024;

  private final Path path;
  private final FileChannel channel;

  private DataDirectory(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Creates the directory if need be and locks it.
   *
   * @param minFreeBytes least free space on its disk
   * @throws StartFailure if another process holds it, the disk is too full, or it cannot be written
   */
  public static DataDirectory open(Path directory, long minFreeBytes) throws StartFailure {
    Path path = directory.toAbsolutePath().normalize();
    FileChannel channel = null;
    try {
      Files.createDirectories(path);
      requireFreeSpace(path, minFreeBytes);
      channel =
          FileChannel.open(
              path.resolve("lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      lock(path, channel);
      return new DataDirectory(path, channel);
    } catch (IOException cannotWrite) {
      closeQuietly(channel);
      throw new StartFailure(
          "The data directory "
              + path
              + " cannot be used: "
              + cannotWrite
              + ". Check who owns it, or choose another with --data DIR.",
          cannotWrite);
    } catch (StartFailure failure) {
      closeQuietly(channel);
      throw failure;
    }
  }

  private static void requireFreeSpace(Path path, long minFreeBytes)
      throws IOException, StartFailure {
    long free = Files.getFileStore(path).getUsableSpace();
    if (free < minFreeBytes) {
      throw new StartFailure(
          "Only %,d MiB are free on the disk of %s; Linewright wants at least %,d MiB. Free some space, choose another disk with --data DIR, or lower the bound with --min-free-disk MIB."
              .formatted(free / MEBIBYTE, path, minFreeBytes / MEBIBYTE));
    }
  }

  // The channel stays open as long as the directory is in use: closing it gives the lock back.
  private static void lock(Path path, FileChannel channel) throws IOException, StartFailure {
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException sameProcess) {
      lock = null;
    }
    if (lock == null) {
      ByteBuffer holder = ByteBuffer.allocate(20);
      channel.read(holder, 0);
      String pid = new String(holder.array(), 0, holder.position(), StandardCharsets.US_ASCII);
      throw new StartFailure(
          "The data directory "
              + path
              + " is in use by another Linewright (process "
              + pid.strip()
              + "). Stop that one first, or choose another directory with --data DIR.");
    }
    channel.truncate(0);
    channel.write(
        ByteBuffer.wrap(
            Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)),
        0);
  }

  /** Where it is; absolute. */
  public Path path() {
    return path;
  }

  /** A directory in it, created readable by its owner only. */
  public Path directory(String name) throws IOException {
    return PrivateFiles.createDirectory(path.resolve(name));
  }

  /** A file in it. */
  public Path file(String name) {
    return path.resolve(name);
  }

  /** Deletes a file in it, if it exists. */
  public void remove(String name) {
    try {
      Files.deleteIfExists(path.resolve(name));
    } catch (IOException stays) {
      // It is replaced at the next start; whoever reads it finds that its process is gone.
      return;
    }
  }

  @Override
  public void close() {
    closeQuietly(channel);
  }

  private static void closeQuietly(@Nullable FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException nothingLeftToDo) {
        // The lock ends with the process at the latest.
        return;
      }
    }
  }
}
