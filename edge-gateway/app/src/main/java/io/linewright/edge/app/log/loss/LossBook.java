package io.linewright.edge.app.log.loss;

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
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Losses that are not told yet, one row per equipment and reason: however long values overflow, the
 * book stays small. When the uplink is ready they become records of their own.
 */
public final class LossBook {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private LossBook() {}

  /** Adds to the row of that equipment and reason; an unknown count makes the sum unknown. */
  public static void add(Connection connection, Loss loss) throws SQLException {
    Loss known = find(connection, loss);
    Loss sum = known == null ? loss : known.plus(loss);
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT OR REPLACE INTO loss (equipment, reason, from_micros, to_micros, samples,"
                + " aliases) VALUES (?, ?, ?, ?, ?, ?)")) {
      insert.setString(1, sum.equipment());
      insert.setString(2, sum.reason());
      insert.setLong(3, micros(sum.from()));
      insert.setLong(4, micros(sum.to()));
      Long count = sum.count();
      if (count != null) {
        insert.setLong(5, count);
      }
      insert.setString(6, text(sum.aliases()));
      insert.executeUpdate();
    }
  }

  private static @Nullable Loss find(Connection connection, Loss loss) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT * FROM loss WHERE equipment = ? AND reason = ?")) {
      select.setString(1, loss.equipment());
      select.setString(2, loss.reason());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? read(row) : null;
      }
    }
  }

  /** Takes all rows out of the book. */
  public static List<Loss> takeAll(Connection connection) throws SQLException {
    List<Loss> losses = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      try (ResultSet row = statement.executeQuery("SELECT * FROM loss ORDER BY from_micros")) {
        while (row.next()) {
          losses.add(read(row));
        }
      }
      if (!losses.isEmpty()) {
        statement.executeUpdate("DELETE FROM loss");
      }
    }
    return losses;
  }

  /** A loss as the payload of a record. */
  public static byte[] write(SamplesLost loss) {
    return JSON.writeValueAsString(loss).getBytes(StandardCharsets.UTF_8);
  }

  /** Reads the payload of a loss record back. */
  public static SamplesLost read(byte[] payload) throws SQLException {
    try {
      return JSON.readValue(payload, SamplesLost.class);
    } catch (JacksonException broken) {
      throw new SQLException("loss record cannot be read", broken);
    }
  }

  private static Loss read(ResultSet row) throws SQLException {
    long samples = row.getLong("samples");
    Long count = row.wasNull() ? null : samples;
    String aliases = row.getString("aliases");
    return new Loss(
        row.getString("equipment"),
        instant(row.getLong("from_micros")),
        instant(row.getLong("to_micros")),
        count,
        row.getString("reason"),
        aliases == null ? Set.of() : aliases(aliases));
  }

  private static @Nullable String text(Set<Long> aliases) {
    return aliases.isEmpty()
        ? null
        : aliases.stream().sorted().map(String::valueOf).collect(Collectors.joining(","));
  }

  private static Set<Long> aliases(String text) {
    return Arrays.stream(text.split(",")).map(Long::valueOf).collect(Collectors.toSet());
  }

  /** Microseconds since the epoch as an instant. */
  public static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /** An instant as microseconds since the epoch. */
  public static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }
}
