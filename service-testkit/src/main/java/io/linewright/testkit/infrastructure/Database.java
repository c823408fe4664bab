package io.linewright.testkit.infrastructure;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A database and who may use it.
 *
 * @param url JDBC address
 * @param user who owns what is made in it
 * @param password empty: none is asked for
 */
public record Database(String url, String user, String password) {

  /** Environment variable or system property with the address of a database to test on. */
  public static final String URL = "LINEWRIGHT_TEST_JDBC_URL";

  /** System property, true in {@code ./linewright test --long}: containers may be started. */
  static final String CONTAINERS = "linewright.test.containers";

  private static final Map<Database, Boolean> TIMESCALE = new ConcurrentHashMap<>();

  private static TimescaleContainer.@Nullable Outcome container;

  /**
   * A database for tests besides the embedded one: the one that whoever runs them has named by
   * {@value #URL}, with {@code _USER} and {@code _PASSWORD} in place of {@code _URL}; else one with
   * TimescaleDB in a container, if containers may be started and a Docker engine answers.
   */
  public static Optional<Database> named() {
    String url = setting(URL);
    if (url != null) {
      return Optional.of(
          new Database(
              url,
              Optional.ofNullable(setting("LINEWRIGHT_TEST_JDBC_USER")).orElse(TestPostgres.USER),
              Optional.ofNullable(setting("LINEWRIGHT_TEST_JDBC_PASSWORD")).orElse("")));
    }
    return container() instanceof TimescaleContainer.Outcome.Running(Database database)
        ? Optional.of(database)
        : Optional.empty();
  }

  /** That one, if it has TimescaleDB. */
  public static Optional<Database> timescale() {
    return named().filter(Database::isTimescale);
  }

  /**
   * Whether its server offers TimescaleDB; the historian uses it then.
   *
   * @throws IllegalStateException if it does not answer
   */
  public boolean isTimescale() {
    return TIMESCALE.computeIfAbsent(this, Database::offersTimescale);
  }

  private static boolean offersTimescale(Database database) {
    try (Connection connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*) FROM pg_available_extensions WHERE name = 'timescaledb'")) {
      row.next();
      return row.getInt(1) > 0;
    } catch (SQLException failed) {
      throw new IllegalStateException(
          "the database to test on does not answer: " + database, failed);
    }
  }

  /** Why none is named, and what to do. */
  static String whyNoneIsNamed() {
    return "no database is named" + advice();
  }

  /** Why there is none with TimescaleDB, and what to do. */
  static String whyNoTimescale() {
    return named()
        .map(plain -> plain + " has no TimescaleDB")
        .orElseGet(() -> "no database with TimescaleDB" + advice());
  }

  private static String advice() {
    String missing =
        container() instanceof TimescaleContainer.Outcome.Missing(String why) ? "; " + why : "";
    return ": name one by %s (and _USER, _PASSWORD in place of _URL)".formatted(URL)
        + ", or run ./linewright test --long where Docker runs"
        + missing;
  }

  private static synchronized TimescaleContainer.@Nullable Outcome container() {
    if (container == null && Boolean.getBoolean(CONTAINERS)) {
      container = TimescaleContainer.start();
    }
    return container;
  }

  private static @Nullable String setting(String name) {
    String property = System.getProperty(name);
    String value = property == null ? System.getenv(name) : property;
    return value == null || value.isBlank() ? null : value;
  }

  @Override
  public String toString() {
    return user + "@" + url;
  }
}
