package io.linewright.kit.outbox;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The relay's statements, all on the one connection that holds the advisory lock: if the connection
 * goes, the lock and the right to relay go with it.
 */
final class OutboxTable implements AutoCloseable {

  private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};
  private static final String FORM_BATCH =
      """
      WITH formed AS (
        UPDATE outbox_relay SET last_batch = last_batch + 1
        WHERE EXISTS (SELECT 1 FROM outbox WHERE batch IS NULL) RETURNING last_batch
      )
      UPDATE outbox SET batch = (SELECT last_batch FROM formed)
      WHERE EXISTS (SELECT 1 FROM formed)
        AND id IN (SELECT id FROM outbox WHERE batch IS NULL ORDER BY id LIMIT ?)
      """;
  private static final String OLDEST_BATCH =
      """
      SELECT batch, topic, key, headers, payload FROM outbox
      WHERE batch = (SELECT min(batch) FROM outbox WHERE batch IS NOT NULL) ORDER BY id
      """;

  private static final String BACKLOG =
      """
      SELECT (SELECT count(*) FROM (SELECT 1 FROM outbox LIMIT ?) AS counted),
             (SELECT created_at FROM outbox ORDER BY id LIMIT 1)
      """;

  /**
   * Events that go out in one Kafka transaction.
   *
   * @param number rises by one per batch
   */
  record Batch(long number, List<ProducerRecord<byte[], byte[]>> records) {}

  private final Connection connection;
  private final JsonMapper json;

  /** Takes over the connection, in auto-commit mode. */
  OutboxTable(Connection connection, JsonMapper json) throws SQLException {
    this.connection = connection;
    this.json = json;
    connection.setAutoCommit(true);
  }

  /** Whether this process is now the relay of this schema. */
  boolean tryLock() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT pg_try_advisory_lock(hashtextextended(current_schema() || '.outbox', 0))")) {
      return row.next() && row.getBoolean(1);
    }
  }

  /** Gives waiting rows a batch number; false if none wait. */
  boolean formBatch(int most) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FORM_BATCH)) {
      statement.setInt(1, most);
      return statement.executeUpdate() > 0;
    }
  }

  /** The oldest batch; without records if there is none. */
  Batch oldestBatch() throws SQLException {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    long number = 0;
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(OLDEST_BATCH)) {
      while (row.next()) {
        number = row.getLong(1);
        var one =
            new ProducerRecord<>(
                row.getString(2),
                row.getString(3).getBytes(StandardCharsets.UTF_8),
                row.getBytes(5));
        json.readValue(row.getString(4), HEADERS)
            .forEach(
                (name, value) -> one.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        records.add(one);
      }
    }
    return new Batch(number, records);
  }

  /** What is not on Kafka yet. */
  Backlog backlog() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(BACKLOG)) {
      statement.setInt(1, Backlog.MOST_COUNTED);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        OffsetDateTime oldest = row.getObject(2, OffsetDateTime.class);
        return new Backlog(row.getLong(1), oldest == null ? null : oldest.toInstant());
      }
    }
  }

  /** Forgets batches up to this number: Kafka has them. */
  void deleteSent(long lastBatch) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("DELETE FROM outbox WHERE batch <= ?")) {
      statement.setLong(1, lastBatch);
      statement.executeUpdate();
    }
  }

  @Override
  public void close() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_unlock_all()");
    } finally {
      connection.close();
    }
  }
}
