package io.linewright.oee.app.word;

import io.linewright.oee.app.Times;
import io.linewright.oee.app.registry.Machine;
import io.linewright.oee.count.CountCorrection;
import io.linewright.oee.count.CountKind;
import io.linewright.oee.quantity.Quantity;
import io.linewright.oee.time.Span;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What people added to what machines counted: table {@code count_correction}. */
public final class CountCorrections {

  /**
   * A correction that was made before with a key.
   *
   * @param request fingerprint of what was asked
   */
  public record Before(CountCorrection correction, String request) {}

  private static final String COLUMNS =
      "SELECT version, at_time, kind, quantity, by, reason, request FROM count_correction ";

  private final JdbcClient jdbc;

  CountCorrections(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The corrections of instants of a machine, by version; in the caller's transaction. */
  public List<CountCorrection> of(Machine machine, Span span) {
    return jdbc.sql(
            "/* read */ "
                + COLUMNS
                + "WHERE machine_id = ? AND at_time >= ? AND at_time < ? ORDER BY version")
        .params(machine.id(), Times.at(span.fromMicros()), Times.at(span.toMicros()))
        .query((row, n) -> correction(row, StopWords.name(machine)))
        .list();
  }

  /** How many there are of instants of a machine. */
  public int count(Machine machine, Span span) {
    return jdbc.sql(
            "SELECT count(*) FROM count_correction WHERE machine_id = ? AND at_time >= ? AND"
                + " at_time < ?")
        .params(machine.id(), Times.at(span.fromMicros()), Times.at(span.toMicros()))
        .query(Integer.class)
        .single();
  }

  /**
   * Adds one under the lock of the machine's line; its version.
   *
   * @param report number of the manual report that it is part of; null: it corrects a counter
   */
  public long add(
      Machine machine,
      long micros,
      CountKind kind,
      Quantity quantity,
      String why,
      @Nullable Long report,
      Author author) {
    return jdbc.sql(
            "INSERT INTO count_correction (machine_id, at_time, kind, quantity, reason, report_id,"
                + " by, at, idempotency_key, request) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + " RETURNING version")
        .params(
            Arrays.asList(
                machine.id(),
                Times.at(micros),
                name(kind),
                quantity.millionths(),
                why,
                report,
                author.by(),
                Times.at(author.atMicros()),
                author.idempotencyKey(),
                author.keptRequest()))
        .query(Long.class)
        .single();
  }

  /** What somebody corrected with a key before. */
  public Optional<Before> before(Author author) {
    return jdbc.sql(COLUMNS + "WHERE by = ? AND idempotency_key = ?")
        .params(Arrays.asList(author.by(), author.idempotencyKey()))
        .query((row, n) -> new Before(correction(row, "a machine"), row.getString(7)))
        .optional();
  }

  /** The name of a kind in the table, and in answers. */
  public static String name(CountKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static CountCorrection correction(ResultSet row, String machine) throws SQLException {
    return new CountCorrection(
        row.getLong(1),
        machine,
        Times.micros(row, 2),
        CountKind.valueOf(row.getString(3).toUpperCase(Locale.ROOT)),
        new Quantity(row.getLong(4)),
        row.getString(5),
        row.getString(6));
  }
}
