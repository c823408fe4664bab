package io.linewright.standalone.postgres;

import io.linewright.standalone.StartFailure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** PostgreSQL's programs, unpacked once from the class path. */
final class PostgresBinaries {

  private static final String COMPLETE = "complete";

  /**
   * Unpacks the programs for this machine below the directory, unless they are there.
   *
   * @return the installation, with {@code bin} in it
   */
  static Path unpack(Path directory) throws StartFailure, IOException {
    String resource = resource();
    Path home = directory.resolve(resource.replace(".txz", ""));
    if (Files.exists(home.resolve(COMPLETE))) {
      return home;
    }
    delete(home);
    try (InputStream packed = PostgresBinaries.class.getResourceAsStream("/" + resource)) {
      if (packed == null) {
        throw new StartFailure(
            "There is no PostgreSQL for this machine ("
                + System.getProperty("os.name")
                + ", "
                + System.getProperty("os.arch")
                + ") in this build. Run the services one by one against your own PostgreSQL"
                + " (docs/operations.md).");
      }
      extract(packed, home);
    }
    Files.createFile(home.resolve(COMPLETE));
    return home;
  }

  private static String resource() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String system = os.contains("mac") ? "darwin" : os.contains("win") ? "windows" : "linux";
    String arch = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
    return "postgres-" + system + "-" + arch + ".txz";
  }

  private static void extract(InputStream packed, Path home) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(
            new XZCompressorInputStream(new BufferedInputStream(packed, 1 << 16)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path target = home.resolve(entry.getName()).normalize();
        if (!target.startsWith(home)) {
          throw new IOException("archive entry '" + entry.getName() + "' leaves its directory");
        }
        write(tar, entry, target);
      }
    }
  }

  private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path target)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(tar, target, StandardCopyOption.REPLACE_EXISTING);
    if ((entry.getMode() & 0100) != 0) {
      Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private static void delete(Path home) throws IOException {
    if (!Files.exists(home)) {
      return;
    }
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private PostgresBinaries() {}
}
