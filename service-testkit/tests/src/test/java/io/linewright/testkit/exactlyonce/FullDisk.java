package io.linewright.testkit.exactlyonce;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A disk without room under one table: a small file system in memory, where one may be mounted
 * (that needs root). Elsewhere a trigger raises what PostgreSQL raises then.
 */
final class FullDisk implements AutoCloseable {

  private static final String NO_ROOM =
      """
      CREATE OR REPLACE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100';
      END $$
      """;

  private final JdbcClient jdbc;
  private final String table;
  private final Path directory;
  private final boolean mounted;

  private FullDisk(JdbcClient jdbc, String table, Path directory, boolean mounted) {
    this.jdbc = jdbc;
    this.table = table;
    this.directory = directory;
    this.mounted = mounted;
  }

  /**
   * Moves a table to such a disk, which has room until it is filled.
   *
   * @param jdbc a database of a server that nobody else uses
   * @param table without rows
   */
  static FullDisk under(JdbcClient jdbc, String table) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("linewright-full-disk-");
    if (run("mount", "-t", "tmpfs", "-o", "size=2m,mode=777", "tmpfs", directory.toString())) {
      try {
        jdbc.sql("CREATE TABLESPACE small LOCATION '" + directory + "'").update();
        jdbc.sql("ALTER TABLE " + table + " SET TABLESPACE small").update();
        System.out.println("the disk under " + table + " is a small one");
        return new FullDisk(jdbc, table, directory, true);
      } catch (DataAccessException notAllowed) {
        System.out.println("no small disk under " + table + ": " + notAllowed.getMessage());
        run("umount", "-l", directory.toString());
      }
    }
    System.out.println("a trigger stands for a full disk under " + table);
    return new FullDisk(jdbc, table, directory, false);
  }

  /** Takes all room away. */
  void fill() throws IOException {
    if (!mounted) {
      jdbc.sql(NO_ROOM).update();
      jdbc.sql(
              "CREATE TRIGGER no_room BEFORE INSERT ON %s FOR EACH ROW EXECUTE FUNCTION no_room()"
                  .formatted(table))
          .update();
      return;
    }
    byte[] block = new byte[64 * 1024];
    try (OutputStream out = Files.newOutputStream(filler())) {
      int size = block.length;
      while (size > 0) {
        try {
          out.write(block, 0, size);
        } catch (IOException full) {
          size /= 2;
        }
      }
    }
  }

  /** Gives it back. */
  void clear() throws IOException {
    if (mounted) {
      Files.delete(filler());
    } else {
      jdbc.sql("DROP TRIGGER no_room ON " + table).update();
    }
  }

  private Path filler() {
    return directory.resolve("filler");
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException notThere) {
      return false;
    }
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException(String.join(" ", command) + " does not end");
    }
    return process.exitValue() == 0;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    if (mounted) {
      try {
        jdbc.sql("ALTER TABLE " + table + " SET TABLESPACE pg_default").update();
        jdbc.sql("DROP TABLESPACE small").update();
      } finally {
        run("umount", "-l", directory.toString());
      }
    }
    Files.deleteIfExists(directory);
  }
}
