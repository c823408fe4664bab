package io.linewright.ingest.app.storage;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Up to which ingest time everything is visible.
 *
 * <p>Whoever stores samples does it on a connection of the pool, whose sessions all have one name
 * ({@value #SESSIONS}), and stamps them with {@link #stamp}: the database's clock, read by a
 * statement of the storing transaction. From that statement to its end no query of the transaction
 * begins with the comment {@code read}; queries that do hold nobody up, and neither do sessions of
 * another name: the service's own for compressing and exporting, {@code psql}, {@code pg_dump}.
 *
 * <p>Why nothing slips under the position {@code p}: the reader's statement begins at {@code s},
 * looks at the sessions later, and {@code p < s}. A transaction that is found open or has yet to
 * begin its stamp's statement is one of these:
 *
 * <ul>
 *   <li>It was found: {@code p} lies before its begin, which lies before its stamp.
 *   <li>It was not found, as its begin, or its first query without the comment, was not published
 *       when its session was looked at. Then it was published after that look, thus after {@code
 *       s}, and the stamp was taken later still, by a statement that followed. This is why the
 *       stamp is not the begin of the transaction: between reading the clock and publishing it a
 *       process may be put aside. It is also why {@code p} never passes {@code s}, however late the
 *       earliest begin that was found: sessions are not looked at all at once.
 * </ul>
 *
 * <p>A transaction that is over has been visible before its session says so.
 */
public final class IngestPosition {

  /** Name of the pool's sessions. */
  public static final String SESSIONS = "ingest-service";

  private static final String UP_TO =
      """
      /* read */ SELECT least(min(xact_start), statement_timestamp()) - interval '1 microsecond'
      FROM pg_stat_activity
      WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()
        AND application_name = '%s' AND xact_start IS NOT NULL AND query NOT LIKE '/* read */%%'
      """
          .formatted(SESSIONS);

  private static final String STAMP = "SELECT clock_timestamp()";
  private static final String NAME = "/* read */ SELECT current_setting('application_name')";

  private IngestPosition() {}

  /** The ingest position to freeze now, microseconds since the epoch. */
  public static long upTo(JdbcClient jdbc) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time(jdbc, UP_TO));
  }

  /** The ingest time of what this transaction is going to store. */
  public static Instant stamp(JdbcClient jdbc) {
    return time(jdbc, STAMP);
  }

  /**
   * Makes sure that readers see who stores.
   *
   * @throws IllegalStateException if the sessions of the pool have another name
   */
  static void requireName(JdbcClient jdbc) {
    String name = jdbc.sql(NAME).query((row, n) -> row.getString(1)).single();
    if (!SESSIONS.equals(name)) {
      throw new IllegalStateException(
          ("the sessions of the database's pool are called '%s', but must be '%s', or readers would"
                  + " pass over values that are being stored: take ApplicationName out of"
                  + " spring.datasource.url and the data-source-properties")
              .formatted(name, SESSIONS));
    }
  }

  private static Instant time(JdbcClient jdbc, String sql) {
    return jdbc.sql(sql)
        .query((row, n) -> row.getObject(1, OffsetDateTime.class).toInstant())
        .single();
  }
}
