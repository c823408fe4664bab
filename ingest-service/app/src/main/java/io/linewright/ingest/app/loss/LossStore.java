package io.linewright.ingest.app.loss;

import io.linewright.ingest.app.storage.SampleRead;
import io.linewright.ingest.registry.Stretch;
import io.linewright.model.event.SamplesLost;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code loss}; the newest {@link #MAX_ROWS} are kept. */
final class LossStore {

  static final int MAX_ROWS = 100_000;

  /** A loss as it stands in the table. */
  record Kept(long id, Instant toldAt, SamplesLost loss) {}

  private static final String ADD =
      """
      INSERT INTO loss (source, equipment, lost_from, lost_to, samples, reason, tags, tag_count,
                        told_at)
      VALUES (?, ?, ?, ?, ?, ?, ?::text[], ?, ?) ON CONFLICT (source) DO NOTHING
      """;

  private static final String NEWEST =
      """
      /* read */ SELECT id, equipment, lost_from, lost_to, samples, reason, tags, tag_count, told_at
      FROM loss
      WHERE id < ? %s
      ORDER BY id DESC LIMIT ?
      """;

  private static final String OF =
      """
      AND equipment = ANY (?::text[]) AND EXISTS (
        SELECT FROM unnest(?::text[], ?::timestamptz[], ?::timestamptz[]) AS s (address, low, high)
        WHERE s.address = loss.equipment AND loss.lost_from >= s.low AND loss.lost_from < s.high)
      """;

  private final JdbcClient jdbc;

  LossStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Adds a loss; false if it is known. */
  boolean add(String source, SamplesLost loss, Instant toldAt) {
    List<String> tags = loss.tags();
    return jdbc.sql(ADD)
            .param(source)
            .param(loss.equipment())
            .param(time(loss.from()))
            .param(time(loss.to()))
            .param(loss.count())
            .param(loss.reason())
            .param(tags == null ? null : tags.toArray(String[]::new))
            .param(loss.tagCount())
            .param(time(toldAt))
            .update()
        == 1;
  }

  /** Deletes what is beyond the bound. */
  void bound() {
    jdbc.sql("DELETE FROM loss WHERE id <= (SELECT max(id) FROM loss) - ?")
        .param(MAX_ROWS)
        .update();
  }

  /** Every path under which there is one. */
  List<String> addresses() {
    return jdbc.sql("/* read */ SELECT DISTINCT equipment FROM loss")
        .query((row, n) -> row.getString(1))
        .list();
  }

  /**
   * Newest first, below the given id.
   *
   * @param of those under these paths that begin within their times, which do not overlap; null:
   *     all
   */
  List<Kept> newest(@Nullable List<Stretch> of, long belowId, int limit) {
    List<Object> params = new ArrayList<>();
    params.add(belowId);
    if (of != null) {
      String[] addresses = of.stream().map(Stretch::address).toArray(String[]::new);
      params.add(addresses);
      params.add(addresses);
      params.add(bounds(of, Stretch::fromMicros));
      params.add(bounds(of, Stretch::toMicros));
    }
    params.add(limit);
    return jdbc.sql(NEWEST.formatted(of == null ? "" : OF))
        .params(params)
        .query(LossStore::kept)
        .list();
  }

  private static String[] bounds(List<Stretch> of, ToLongFunction<Stretch> bound) {
    return of.stream().mapToLong(bound).mapToObj(SampleRead::bound).toArray(String[]::new);
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static Kept kept(ResultSet row, int number) throws SQLException {
    Array tags = row.getArray(7);
    return new Kept(
        row.getLong(1),
        instant(row, 9),
        new SamplesLost(
            row.getString(2),
            instant(row, 3),
            instant(row, 4),
            row.getObject(5, Long.class),
            row.getString(6),
            tags == null ? null : List.of((String[]) tags.getArray()),
            row.getObject(8, Integer.class)));
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
