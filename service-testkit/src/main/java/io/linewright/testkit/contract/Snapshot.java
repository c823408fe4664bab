package io.linewright.testkit.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A text in the repository that says what a service offered when somebody last looked. */
record Snapshot(Path file) {

  /** System property that writes all snapshots anew instead of comparing with them. */
  static final String WRITE = "linewright.snapshots.write";

  /** The snapshot at a path below the repository's root. */
  static Snapshot of(String path) {
    return new Snapshot(
        Path.of(System.getenv().getOrDefault("LINEWRIGHT_ROOT", ".")).resolve(path));
  }

  /** The text in the repository; first replaced by the present one if that is wanted. */
  String text(String now) {
    try {
      if (Boolean.getBoolean(WRITE)) {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, now);
      }
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(
          "write the snapshot with -D" + WRITE + "=true and look at it", unreadable);
    }
  }
}
