package io.linewright.standalone.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.linewright.standalone.TestPorts;
import io.linewright.standalone.data.Login;
import io.linewright.standalone.tls.Listener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.FileSystemUtils;

class PostgresServerTest {

  private static final Map<String, Login> LOGINS =
      Map.of(
          "ingest",
          login("ingest"),
          "oee",
          login("oee"),
          "gateway",
          login("gateway"),
          "reader",
          login("reader"));
  private static final Login OWNER = new Login("owner", "owner-secret");

  private static final Listener LISTENER = Listener.plain("127.0.0.1");

  @TempDir static Path dir;
  private static PostgresServer server;

  @BeforeAll
  static void start() throws Exception {
    server = PostgresServer.start(dir.resolve("pg"), LISTENER, TestPorts.free(), OWNER);
    server.provision(LOGINS);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "fsync, on",
    "synchronous_commit, on",
    "full_page_writes, on",
    "password_encryption, scram-sha-256",
    "track_commit_timestamp, on",
    "data_checksums, on",
    "listen_addresses, 127.0.0.1",
    "unix_socket_directories, ''"
  })
  void serverIsDurableAndPrivate(String setting, String value) throws SQLException {
    assertThat(asked(OWNER, "SHOW " + setting)).isEqualTo(value);
  }

  @Test
  void nobodyIsTrusted() throws SQLException {
    assertThat(asked(OWNER, "SELECT string_agg(DISTINCT auth_method, ',') FROM pg_hba_file_rules"))
        .isEqualTo("scram-sha-256");
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> asked(new Login("owner", "guessed"), "SELECT 1"))
        .withMessageContaining("password authentication failed");
  }

  @Test
  void serviceWritesItsOwnSchemaOnly() throws SQLException {
    asked(login("ingest"), "CREATE TABLE probe AS SELECT 42 AS answer; SELECT answer FROM probe");

    assertThat(asked(login("reader"), "SELECT answer FROM ingest.probe")).isEqualTo("42");
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> asked(login("gateway"), "SELECT answer FROM ingest.probe"))
        .withMessageContaining("permission denied");
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> asked(login("reader"), "DELETE FROM ingest.probe"));
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> asked(login("gateway"), "CREATE TABLE ingest.mine(x int)"))
        .withMessageContaining("permission denied");
  }

  @Test
  void readerReadsFiguresToo() throws SQLException {
    asked(login("oee"), "CREATE TABLE figure AS SELECT 7 AS answer; SELECT answer FROM figure");
    asked(login("ingest"), "CREATE TABLE hidden AS SELECT 1 AS answer; SELECT answer FROM hidden");

    assertThat(asked(login("reader"), "SELECT answer FROM figure")).isEqualTo("7");
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> asked(login("reader"), "DELETE FROM figure"));
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> asked(login("oee"), "SELECT answer FROM ingest.hidden"))
        .withMessageContaining("permission denied");
  }

  @Test
  void provisioningAgainChangesNothing() throws Exception {
    server.provision(LOGINS);

    assertThat(asked(login("gateway"), "SELECT current_schema()")).isEqualTo("gateway");
  }

  @Test
  void serverLeftBehindIsStoppedAndItsDataAreThere() throws Exception {
    Path place = dir.resolve("orphan");
    PostgresServer left = PostgresServer.start(place, LISTENER, TestPorts.free(), OWNER);
    left.provision(LOGINS);
    ProcessHandle process = ProcessHandle.of(pid(place)).orElseThrow();
    query(left.url(), login("ingest"), "CREATE TABLE kept(x int); SELECT 1");

    assertThat(PostgresServer.stopOrphan(place)).isTrue();

    process.onExit().get(60, TimeUnit.SECONDS);
    assertThat(PostgresServer.stopOrphan(place)).isFalse();
    try (PostgresServer again = PostgresServer.start(place, LISTENER, TestPorts.free(), OWNER)) {
      assertThat(query(again.url(), login("ingest"), "SELECT count(*) FROM kept")).isEqualTo("0");
    }
  }

  @Test
  @EnabledIf("runsAsRoot")
  void dataBelowADirectoryOfRootAloneGoElsewhere() throws Exception {
    Files.createDirectories(dir.resolve("closed/data"));
    Files.setPosixFilePermissions(
        dir.resolve("closed"), PosixFilePermissions.fromString("rwx------"));
    Path place = dir.resolve("closed/data/postgres");

    PostgresServer.start(place, LISTENER, TestPorts.free(), OWNER).close();

    assertThat(place).isSymbolicLink();
    Path outside = place.toRealPath();
    assertThat(outside.resolve("data/PG_VERSION")).exists();
    FileSystemUtils.deleteRecursively(outside);
  }

  static boolean runsAsRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  @Test
  void pidOfSomebodyElseIsLeftAlone() throws Exception {
    Path place = dir.resolve("reused");
    Files.createDirectories(place.resolve("data"));
    Files.writeString(
        place.resolve("data/postmaster.pid"), ProcessHandle.current().pid() + "\n" + place + "\n");

    assertThat(PostgresServer.stopOrphan(place)).isFalse();
  }

  private static Login login(String name) {
    return new Login(name, name + "-secret");
  }

  private static long pid(Path place) throws IOException {
    return Long.parseLong(
        Files.readAllLines(place.resolve("data/postmaster.pid")).getFirst().strip());
  }

  private static String asked(Login login, String sql) throws SQLException {
    return query(server.url(), login, sql);
  }

  private static String query(String url, Login login, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(url, login.username(), login.password());
        Statement statement = connection.createStatement()) {
      boolean rows = statement.execute(sql);
      while (!rows) {
        rows = statement.getMoreResults();
        if (!rows && statement.getUpdateCount() < 0) {
          return "";
        }
      }
      ResultSet result = statement.getResultSet();
      result.next();
      return result.getString(1);
    }
  }
}
