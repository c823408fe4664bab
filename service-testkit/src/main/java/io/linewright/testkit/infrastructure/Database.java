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

  /**
   * The database that whoever runs the tests has named by {@value #URL}, with {@code _USER} and
   * {@code _PASSWORD} in place of {@code _URL}; empty if none is named.
   */
  public static Optional<Database> named() {
    return Optional.ofNullable(setting(URL))
        .map(
            url ->
                new Database(
                    url,
                    Optional.ofNullable(setting("LINEWRIGHT_TEST_JDBC_USER"))
                        .orElse(TestPostgres.USER),
                    Optional.ofNullable(setting("LINEWRIGHT_TEST_JDBC_PASSWORD")).orElse("")));
  }

  /** Whether one is named; the condition of tests that need it. */
  public static boolean isNamed() {
    return named().isPresent();
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
