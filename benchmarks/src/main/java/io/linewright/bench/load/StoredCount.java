package io.linewright.bench.load;

import io.linewright.bench.plant.Await;
import io.linewright.bench.plant.Standalone;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** How many samples the historian has stored, by its books, which move with the rows. */
public final class StoredCount implements AutoCloseable {

  private static final String SQL =
      "SELECT coalesce(sum(\"out\"), 0) FROM ingest.stage_counter WHERE stage LIKE"
          + " 'ingest.telemetry%'";

  private final Connection connection;
  private final PreparedStatement statement;

  private StoredCount(Connection connection, PreparedStatement statement) {
    this.connection = connection;
    this.statement = statement;
  }

  /** Connects to the plant's database as its reader. */
  public static StoredCount of(Standalone plant) throws SQLException {
    List<String> reader = plant.postgresReader();
    Connection connection =
        DriverManager.getConnection(
            plant.addresses().path("postgres").asString(), reader.get(0), reader.get(1));
    return new StoredCount(connection, connection.prepareStatement(SQL));
  }

  /** The number now. */
  public long now() throws IOException {
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getLong(1);
    } catch (SQLException failed) {
      throw new IOException("the historian's books cannot be read", failed);
    }
  }

  /** The connection, for other questions of a reader. */
  public Connection connection() {
    return connection;
  }

  /** Waits for a number. */
  public void await(long count, Duration patience) throws IOException, InterruptedException {
    Await.until(() -> now() >= count, patience, count + " stored samples");
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
