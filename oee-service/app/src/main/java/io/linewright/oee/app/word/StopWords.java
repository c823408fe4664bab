package io.linewright.oee.app.word;

import io.linewright.oee.app.Times;
import io.linewright.oee.app.registry.Machine;
import io.linewright.oee.downtime.StopWord;
import io.linewright.oee.downtime.StopWord.Classified;
import io.linewright.oee.downtime.StopWord.Commented;
import io.linewright.oee.downtime.StopWord.Merged;
import io.linewright.oee.downtime.StopWord.Said;
import io.linewright.oee.downtime.StopWord.Split;
import io.linewright.oee.downtime.StopWord.Unclassified;
import io.linewright.oee.downtime.StopWord.Withdrawn;
import io.linewright.oee.time.Span;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What people said of stops: table {@code stop_word}. */
public final class StopWords {

  /** A word that is not said yet has this version: later than all that are. */
  public static final long NEXT = Long.MAX_VALUE;

  /**
   * A request that was answered before.
   *
   * @param version its first word
   * @param request fingerprint of what was asked
   */
  public record Before(long version, int machineId, Span span, String request) {}

  private static final String OF =
      """
      /* read */ SELECT version, kind, from_time, to_time, reason, comment, split_at, word, by, at
      FROM stop_word
      WHERE int4range(machine_id, machine_id, '[]') && int4range(?, ?, '[]')
        AND tstzrange(from_time, to_time) && tstzrange(?, ?)
      ORDER BY version
      """;

  private static final String ADD =
      """
      INSERT INTO stop_word (machine_id, kind, from_time, to_time, reason, comment, split_at, word,
                             by, at, idempotency_key, request)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING version
      """;

  private final JdbcClient jdbc;

  StopWords(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The words about a time of a machine, by version; also those that were withdrawn, and the
   * withdrawals. In the caller's transaction.
   */
  public List<StopWord> of(Machine machine, Span span) {
    return jdbc.sql(OF)
        .params(machine.id(), machine.id(), Times.at(span.fromMicros()), Times.at(span.toMicros()))
        .query((row, n) -> word(row, name(machine)))
        .list();
  }

  /** What words name a machine by: it stays when the machine is moved. */
  public static String name(Machine machine) {
    return machine.equipmentId().toString();
  }

  /** Adds a word under the lock of the machine's line; its version. */
  public long add(Machine machine, StopWord word, Author author) {
    Said said = word.said();
    return jdbc.sql(ADD)
        .params(
            Arrays.asList(
                machine.id(),
                kind(word),
                Times.at(said.span().fromMicros()),
                Times.at(said.span().toMicros()),
                word instanceof Classified of ? of.reason() : null,
                word instanceof Commented of ? of.comment() : null,
                word instanceof Split of ? Times.at(of.atInstantMicros()) : null,
                word instanceof Withdrawn of ? of.word() : null,
                author.by(),
                Times.at(author.atMicros()),
                author.idempotencyKey(),
                author.keptRequest()))
        .query(Long.class)
        .single();
  }

  /** What somebody said with a key before. */
  public Optional<Before> before(Author author) {
    return author.idempotencyKey() == null
        ? Optional.empty()
        : jdbc.sql(
                "SELECT version, machine_id, from_time, to_time, request FROM stop_word WHERE by ="
                    + " ? AND idempotency_key = ?")
            .params(author.by(), author.idempotencyKey())
            .query(
                (row, n) ->
                    new Before(
                        row.getLong(1),
                        row.getInt(2),
                        new Span(Times.micros(row, 3), Times.micros(row, 4)),
                        row.getString(5)))
            .optional();
  }

  /** The name of a kind of word in the table, and in answers. */
  public static String kind(StopWord word) {
    return switch (word) {
      case Classified _ -> "classified";
      case Unclassified _ -> "unclassified";
      case Split _ -> "split";
      case Merged _ -> "merged";
      case Commented _ -> "commented";
      case Withdrawn _ -> "withdrawn";
    };
  }

  private static StopWord word(ResultSet row, String machine) throws SQLException {
    Said said =
        new Said(
            row.getLong(1),
            machine,
            new Span(Times.micros(row, 3), Times.micros(row, 4)),
            row.getString(9),
            Times.micros(row, 10));
    String kind = row.getString(2);
    return switch (kind) {
      case "classified" -> new Classified(said, row.getString(5));
      case "unclassified" -> new Unclassified(said);
      case "split" -> new Split(said, Times.micros(row, 7));
      case "merged" -> new Merged(said);
      case "commented" -> new Commented(said, row.getString(6));
      case "withdrawn" -> new Withdrawn(said, row.getLong(8));
      default -> throw new IllegalStateException("there is no kind of word " + kind);
    };
  }
}
