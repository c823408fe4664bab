package io.linewright.testkit.infrastructure;

import java.util.Optional;
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

  private static TimescaleContainer.@Nullable Outcome container;

  /**
   * A database with TimescaleDB for tests: the one that whoever runs them has named by {@value
   * #URL}, with {@code _USER} and {@code _PASSWORD} in place of {@code _URL}; else one in a
   * container, if containers may be started and a Docker engine answers.
   */
  public static Optional<Database> timescale() {
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

  /** Why there is none, and what to do. */
  static String whyNoTimescale() {
    String missing =
        container() instanceof TimescaleContainer.Outcome.Missing(String why) ? "; " + why : "";
    return "no database with TimescaleDB: name one by %s (and _USER, _PASSWORD in place of _URL)"
            .formatted(URL)
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
