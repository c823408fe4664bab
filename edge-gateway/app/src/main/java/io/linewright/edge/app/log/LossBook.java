package io.linewright.edge.app.log;

import io.linewright.model.event.SamplesLost;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Losses that are not told yet, one row per equipment and reason: however long values overflow, the
 * book stays small. When the uplink is ready they become records of their own.
 */
final class LossBook {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private LossBook() {}

  /** Adds to the row of that equipment and reason; an unknown count makes the sum unknown. */
  static void add(Connection connection, SamplesLost loss) throws SQLException {
    String sql =
        """
        INSERT INTO loss (equipment, reason, from_micros, to_micros, samples)
        VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (equipment, reason) DO UPDATE SET
          from_micros = min(from_micros, excluded.from_micros),
          to_micros = max(to_micros, excluded.to_micros),
          samples = samples + excluded.samples""";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, loss.equipment());
      insert.setString(2, loss.reason());
      insert.setLong(3, micros(loss.from()));
      insert.setLong(4, micros(loss.to()));
      Long count = loss.count();
      if (count != null) {
        insert.setLong(5, count);
      }
      insert.executeUpdate();
    }
  }

  /** Takes all rows out of the book, as records of the node. */
  static List<LogRecord> takeAll(Connection connection) throws SQLException {
    List<LogRecord> records = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      try (ResultSet row = statement.executeQuery("SELECT * FROM loss ORDER BY from_micros")) {
        while (row.next()) {
          records.add(record(row));
        }
      }
      if (!records.isEmpty()) {
        statement.executeUpdate("DELETE FROM loss");
      }
    }
    return records;
  }

  /** Reads the payload of a loss record back. */
  static SamplesLost read(byte[] payload) throws SQLException {
    try {
      return JSON.readValue(payload, SamplesLost.class);
    } catch (JacksonException broken) {
      throw new SQLException("loss record cannot be read", broken);
    }
  }

  private static LogRecord record(ResultSet row) throws SQLException {
    long from = row.getLong("from_micros");
    long to = row.getLong("to_micros");
    long samples = row.getLong("samples");
    Long count = row.wasNull() ? null : samples;
    SamplesLost loss =
        new SamplesLost(
            row.getString("equipment"), instant(from), instant(to), count, row.getString("reason"));
    byte[] json = JSON.writeValueAsString(loss).getBytes(StandardCharsets.UTF_8);
    return new LogRecord("", LogRecord.Kind.LOSS, 0, from, to, json);
  }

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }
}
