package io.linewright.bench.edgefault.rig;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A disk of its own for the gateway's log, little larger than the gateway's reserve of 200 MiB,
 * that can be filled. A memory file system, which only root may mount; otherwise a plain directory
 * that cannot be filled.
 */
public final class SmallDisk implements AutoCloseable {

  private static final int MEBIBYTES = 256;

  private final Path directory;
  private final boolean mounted;

  private SmallDisk(Path directory, boolean mounted) {
    this.directory = directory;
    this.mounted = mounted;
  }

  public static SmallDisk open(Path directory) throws IOException, InterruptedException {
    Files.createDirectories(directory);
    try {
      Signals.run(
          "mount", "-t", "tmpfs", "-o", "size=" + MEBIBYTES + "m", "tmpfs", directory.toString());
      return new SmallDisk(directory, true);
    } catch (IOException notAllowed) {
      return new SmallDisk(directory, false);
    }
  }

  public Path directory() {
    return directory;
  }

  /** Whether {@link #fill} does anything. */
  public boolean canBeFilled() {
    return mounted;
  }

  /** Writes until not a byte is free. */
  public void fill() throws IOException {
    byte[] block = new byte[64 * 1024];
    try (OutputStream out = Files.newOutputStream(filler())) {
      for (int size = block.length; size > 0; ) {
        try {
          out.write(block, 0, size);
        } catch (IOException full) {
          size /= 2;
        }
      }
    }
  }

  /** Frees it again. */
  public void clear() throws IOException {
    Files.deleteIfExists(filler());
  }

  private Path filler() {
    return directory.resolve("filler");
  }

  @Override
  public void close() throws IOException {
    if (!mounted) {
      return;
    }
    try {
      Signals.run("umount", directory.toString());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
