package io.linewright.ingest.app.restore;

import io.linewright.ingest.app.export.ExportTables;
import io.linewright.ingest.app.export.Manifest;
import io.linewright.ingest.app.export.Manifest.DaySum;
import io.linewright.ingest.app.export.Manifest.TableSum;
import io.linewright.ingest.app.export.Sum;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A ZIP file of an export. It is trusted no further than its checksums go. */
final class Archive implements AutoCloseable {

  /** Largest manifest: some hundred bytes per day, and a day per day of three centuries. */
  private static final int MANIFEST_BYTES = 16 * 1024 * 1024;

  private static final int HEADER_BYTES = 4096;
  private static final Pattern HEADER = Pattern.compile("[a-z][a-z0-9_]*(,[a-z][a-z0-9_]*)*");

  /**
   * A file of rows.
   *
   * @param columns names of the columns, separated by commas
   * @param rows CSV without the header
   */
  record Rows(String columns, InputStream rows) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      rows.close();
    }
  }

  private final Path file;
  private final ZipFile zip;
  private final Manifest manifest;
  private final String sum;
  private final Map<String, TableSum> tables;

  private Archive(Path file, ZipFile zip, Manifest manifest, String sum) {
    this.file = file;
    this.zip = zip;
    this.manifest = manifest;
    this.sum = sum;
    this.tables =
        manifest.tables().stream()
            .collect(Collectors.toMap(TableSum::name, Function.identity(), (one, other) -> one));
  }

  /**
   * Opens one.
   *
   * @throws RestoreException if it is none, was cut off, or lacks a table
   */
  static Archive open(Path file) throws IOException {
    ZipFile zip = zip(file);
    try {
      byte[] bytes = manifest(file, zip);
      Sum sum = new Sum();
      sum.of(OutputStream.nullOutputStream()).write(bytes);
      Archive archive =
          new Archive(file, zip, JsonMapper.shared().readValue(bytes, Manifest.class), sum.hex());
      archive.requireWhole();
      return archive;
    } catch (JacksonException wrong) {
      zip.close();
      throw new RestoreException(
          "%s of %s cannot be read: %s".formatted(Manifest.FILE, file, wrong.getOriginalMessage()),
          wrong);
    } catch (IOException | RuntimeException failed) {
      zip.close();
      throw failed;
    }
  }

  private static ZipFile zip(Path file) throws IOException {
    try {
      return new ZipFile(file.toFile());
    } catch (ZipException broken) {
      throw new RestoreException(
          "%s is no whole ZIP file (%s): was its download cut off? Export again"
              .formatted(file, broken.getMessage()),
          broken);
    }
  }

  private static byte[] manifest(Path file, ZipFile zip) throws IOException {
    ZipEntry entry = zip.getEntry(Manifest.FILE);
    if (entry == null) {
      throw new RestoreException(
          "%s has no %s: it is no archive of GET /api/v1/export".formatted(file, Manifest.FILE));
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes(MANIFEST_BYTES + 1);
      if (bytes.length > MANIFEST_BYTES) {
        throw new RestoreException(
            "%s of %s has more than %d bytes".formatted(Manifest.FILE, file, MANIFEST_BYTES));
      }
      return bytes;
    }
  }

  private void requireWhole() {
    if (manifest.format() != Manifest.FORMAT) {
      throw new RestoreException(
          "%s has format %d; this version reads %d: restore it with the version that made it"
              .formatted(file, manifest.format(), Manifest.FORMAT));
    }
    for (DaySum day : manifest.sampleDays()) {
      require(day.file());
    }
    for (ExportTables.Exported table : ExportTables.ALL) {
      require(table.file());
      if (!tables.containsKey(table.name())) {
        throw new RestoreException("the manifest of %s lacks %s".formatted(file, table.name()));
      }
    }
  }

  private void require(String name) {
    if (zip.getEntry(name) == null) {
      throw new RestoreException("%s lacks %s".formatted(file, name));
    }
  }

  Path file() {
    return file;
  }

  Manifest manifest() {
    return manifest;
  }

  /** SHA-256 of the manifest, hexadecimal. */
  String sum() {
    return sum;
  }

  /** What the manifest says of a table. */
  TableSum of(ExportTables.Exported table) {
    TableSum known = tables.get(table.name());
    if (known == null) {
      throw new IllegalArgumentException("no table " + table.name());
    }
    return known;
  }

  /** Opens a file of rows. */
  Rows rows(String name) throws IOException {
    InputStream in = new BufferedInputStream(zip.getInputStream(zip.getEntry(name)), 64 * 1024);
    try {
      return new Rows(header(name, in), in);
    } catch (IOException | RuntimeException failed) {
      in.close();
      throw failed;
    }
  }

  /** The names go into a statement: nothing else than names may stand there. */
  private String header(String name, InputStream in) throws IOException {
    byte[] bytes = new byte[HEADER_BYTES];
    int length = 0;
    int next = in.read();
    while (next >= 0 && next != '\n' && length < HEADER_BYTES) {
      bytes[length++] = (byte) next;
      next = in.read();
    }
    String header = new String(bytes, 0, length, StandardCharsets.US_ASCII);
    if (next != '\n' || !HEADER.matcher(header).matches()) {
      throw new RestoreException(
          "%s of %s does not begin with the names of columns".formatted(name, file));
    }
    return header;
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
