package io.linewright.ingest.app.storage;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Connections besides the pool, for work that takes longer than it allows. */
public final class OwnConnection {

  private OwnConnection() {}

  /**
   * A connection of its own, without the time limits of the pool's. No reader waits for what it
   * stores ({@link IngestPosition}).
   *
   * @param dataSource the pool whose database and schema it goes to
   * @param purpose told to the server
   */
  public static Connection open(DataSource dataSource, String purpose) throws SQLException {
    HikariDataSource pool = dataSource.unwrap(HikariDataSource.class);
    Properties properties = new Properties();
    pool.getDataSourceProperties()
        .forEach((name, value) -> properties.setProperty(name.toString(), value.toString()));
    properties.remove("socketTimeout");
    putIfKnown(properties, "user", pool.getUsername());
    putIfKnown(properties, "password", pool.getPassword());
    properties.setProperty("ApplicationName", IngestPosition.SESSIONS + " " + purpose);
    Connection connection = DriverManager.getConnection(pool.getJdbcUrl(), properties);
    try {
      if (pool.getSchema() != null) {
        connection.setSchema(pool.getSchema());
      }
      return connection;
    } catch (SQLException failed) {
      connection.close();
      throw failed;
    }
  }

  private static void putIfKnown(Properties properties, String name, @Nullable String value) {
    if (value != null) {
      properties.setProperty(name, value);
    }
  }
}
