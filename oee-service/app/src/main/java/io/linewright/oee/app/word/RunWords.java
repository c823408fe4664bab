package io.linewright.oee.app.word;

import io.linewright.oee.app.Times;
import io.linewright.oee.app.registry.Machine;
import io.linewright.oee.engine.input.MachineInput;
import io.linewright.oee.order.RunWord;
import io.linewright.oee.time.Span;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What people said of which order ran: table {@code run_word}. */
public final class RunWords {

  /**
   * A word that was said before with a key.
   *
   * @param request fingerprint of what was asked
   */
  public record Before(RunWord word, String request) {}

  private static final String COLUMNS =
      "SELECT version, order_id, from_time, to_time, by, request, machine_id FROM run_word ";

  private final JdbcClient jdbc;

  RunWords(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The words about a time of a machine, by version; in the caller's transaction. */
  public List<RunWord> of(Machine machine, Span span) {
    return jdbc.sql(
            "/* read */ "
                + COLUMNS
                + "WHERE machine_id = ? AND from_time < ? AND coalesce(to_time, 'infinity') > ?"
                + " ORDER BY version")
        .params(machine.id(), Times.at(span.toMicros()), Times.at(span.fromMicros()))
        .query((row, n) -> word(row, StopWords.name(machine)))
        .list();
  }

  /** The machines of which somebody said once that they ran an order. */
  public List<Integer> machines(String order) {
    return jdbc.sql(
            "/* read */ SELECT DISTINCT machine_id FROM run_word WHERE order_id = ? ORDER BY 1")
        .param(order)
        .query((row, n) -> row.getInt(1))
        .list();
  }

  /**
   * Adds a word under the lock of the machine's line; its version.
   *
   * @param order null: what was said is taken back
   * @param toMicros null: until something else is said
   */
  public long add(
      Machine machine,
      @Nullable String order,
      long fromMicros,
      @Nullable Long toMicros,
      Author author) {
    return jdbc.sql(
            "INSERT INTO run_word (machine_id, order_id, from_time, to_time, by, at,"
                + " idempotency_key, request) VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING version")
        .params(
            Arrays.asList(
                machine.id(),
                order,
                Times.at(fromMicros),
                toMicros == null ? null : Times.at(toMicros),
                author.by(),
                Times.at(author.atMicros()),
                author.idempotencyKey(),
                author.request()))
        .query(Long.class)
        .single();
  }

  /** What somebody said with a key before. */
  public Optional<Before> before(Author author) {
    return jdbc.sql(COLUMNS + "WHERE by = ? AND idempotency_key = ?")
        .params(Arrays.asList(author.by(), author.idempotencyKey()))
        .query((row, n) -> new Before(word(row, "machine " + row.getInt(7)), row.getString(6)))
        .optional();
  }

  private static RunWord word(ResultSet row, String machine) throws SQLException {
    return new RunWord(
        row.getLong(1),
        machine,
        row.getString(2),
        new Span(
            Times.micros(row, 3),
            row.getObject(4) == null ? MachineInput.ALL_TIME.toMicros() : Times.micros(row, 4)),
        row.getString(5));
  }
}
