package io.linewright.ingest.app.canary;

import io.linewright.ingest.gateway.Canary;
import io.linewright.ingest.gateway.Canary.Kind;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue.IntegerValue;
import io.linewright.model.telemetry.TagSeries;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code canary}. */
public final class Canaries {

  private static final String COLUMNS =
      "node, kind, number, sent_at, arrived_at, stalled_after, stage";

  /**
   * A canary in a batch.
   *
   * @param node equipment path of its sender
   * @param sentMicros by the sender's clock
   */
  public record Arrival(String node, Kind kind, long number, long sentMicros) {

    /** The canary that a sample of a series is; empty if it is none. */
    public static Optional<Arrival> of(String device, TagSeries series, Sample sample) {
      return sample.value() instanceof IntegerValue(long number)
          ? Kind.of(series).map(kind -> new Arrival(device, kind, number, sample.sourceMicros()))
          : Optional.empty();
    }
  }

  private final JdbcClient jdbc;

  public Canaries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Enters arrivals, in the running transaction; one that came before is no arrival. */
  public void arrived(List<Arrival> arrivals, Instant time) {
    // In the order of nodes: two transactions wait for each other and do not deadlock.
    arrivals.stream()
        .sorted(Comparator.comparing(Arrival::node).thenComparing(Arrival::sentMicros))
        .forEach(arrival -> arrived(arrival, time));
  }

  private void arrived(Arrival arrival, Instant time) {
    jdbc.sql(
            """
            INSERT INTO canary AS c (node, kind, number, sent_at, arrived_at) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (node) DO UPDATE SET number = excluded.number, sent_at = excluded.sent_at,
              arrived_at = excluded.arrived_at
            WHERE (c.number, c.sent_at) IS DISTINCT FROM (excluded.number, excluded.sent_at)
            """)
        .params(
            arrival.node(),
            arrival.kind().name(),
            arrival.number(),
            at(Instant.EPOCH.plus(arrival.sentMicros(), ChronoUnit.MICROS)),
            at(time))
        .update();
  }

  /** All that are known, ordered by node. */
  public List<Canary> all() {
    return jdbc.sql("SELECT " + COLUMNS + " FROM canary ORDER BY node")
        .query(Canaries::canary)
        .list();
  }

  /** The canary of a node, held against others until the transaction ends; empty if others do. */
  public Optional<Canary> hold(String node) {
    return jdbc.sql("SELECT " + COLUMNS + " FROM canary WHERE node = ? FOR UPDATE SKIP LOCKED")
        .param(node)
        .query(Canaries::canary)
        .optional();
  }

  /** None came after that arrival. */
  public void stalled(String node, Instant after, String stage) {
    jdbc.sql("UPDATE canary SET stalled_after = ?, stage = ? WHERE node = ?")
        .params(at(after), stage, node)
        .update();
  }

  /** They come again. */
  public void moving(String node) {
    jdbc.sql("UPDATE canary SET stalled_after = NULL, stage = NULL WHERE node = ?")
        .param(node)
        .update();
  }

  private static OffsetDateTime at(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }

  private static Canary canary(ResultSet row, int number) throws SQLException {
    return new Canary(
        row.getString(1),
        Kind.valueOf(row.getString(2)),
        row.getLong(3),
        row.getObject(4, OffsetDateTime.class).toInstant(),
        row.getObject(5, OffsetDateTime.class).toInstant(),
        instant(row.getObject(6, OffsetDateTime.class)),
        row.getString(7));
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }
}
