package io.linewright.testkit.infrastructure;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A PostgreSQL server of its own process. Unlike the library's defaults, {@code fsync} and {@code
 * synchronous_commit} are on, so that what a test sees committed is durable.
 *
 * <p>PostgreSQL refuses to run as root. The library then starts it in a user namespace of its own
 * ({@code unshare -U}), where the process is an ordinary user; {@link #start()} says what to do
 * where the kernel does not allow that.
 */
public final class TestPostgres implements AutoCloseable {

  /** The superuser; loopback connections are trusted. */
  public static final String USER = "postgres";

  private final EmbeddedPostgres server;
  private final AtomicInteger databases = new AtomicInteger();

  private TestPostgres(EmbeddedPostgres server) {
    this.server = server;
  }

  /**
   * Starts a server on a free port.
   *
   * @throws IllegalStateException if it does not start
   */
  public static TestPostgres start() {
    return start(Map.of());
  }

  /**
   * The same with some settings of its own.
   *
   * @param settings of PostgreSQL by name
   * @throws IllegalStateException if it does not start
   */
  public static TestPostgres start(Map<String, String> settings) {
    try {
      EmbeddedPostgres.Builder server =
          EmbeddedPostgres.builder()
              .setPGStartupWait(Duration.ofSeconds(60))
              .setPort(FreePorts.next())
              .setServerConfig("listen_addresses", "127.0.0.1")
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on")
              .setServerConfig("full_page_writes", "on")
              .setServerConfig("shared_buffers", "128MB")
              .setServerConfig("max_wal_size", "1GB")
              .setServerConfig("max_connections", "60")
              .setServerConfig("max_locks_per_transaction", "512");
      settings.forEach(server::setServerConfig);
      return new TestPostgres(server.start());
    } catch (IOException | IllegalStateException failed) {
      throw new IllegalStateException(
          "PostgreSQL did not start. It does not run as root: as root, the kernel must allow user"
              + " namespaces ('unshare -U true'); otherwise run the tests as an ordinary user",
          failed);
    }
  }

  /** Creates an empty database and returns its JDBC address. */
  public String createDatabase() {
    String name = "test_" + databases.incrementAndGet();
    try (Connection connection = DriverManager.getConnection(jdbcUrl("postgres"), USER, "");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException failed) {
      throw new IllegalStateException("Cannot create database " + name, failed);
    }
    return jdbcUrl(name);
  }

  /** JDBC address of a database of this server, for {@link #USER} without password. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(server.getPort(), database);
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException failed) {
      throw new UncheckedIOException("PostgreSQL did not stop", failed);
    }
  }
}
