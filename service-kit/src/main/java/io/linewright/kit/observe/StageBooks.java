package io.linewright.kit.observe;

import io.linewright.kit.kafka.ServiceIdentity;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Books of this instance's stages: in the table {@code stage_counter}, moved by the transaction of
 * the data and therefore exact over crashes; and as metric {@code linewright.stage.values} since
 * the start.
 */
public final class StageBooks {

  /** One line of the books. */
  public record Line(
      String stage, String instance, long in, long out, long setAside, long duplicatesDropped) {}

  private static final String ADD =
      """
      INSERT INTO stage_counter AS c (stage, instance, "in", "out", set_aside, duplicates)
      VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (stage, instance) DO UPDATE SET
        "in" = c."in" + excluded."in", "out" = c."out" + excluded."out",
        set_aside = c.set_aside + excluded.set_aside,
        duplicates = c.duplicates + excluded.duplicates, changed_at = now()
      """;
  private static final String READ =
      """
      SELECT stage, instance, "in", "out", set_aside, duplicates
      FROM stage_counter ORDER BY stage, instance
      """;

  private final JdbcClient jdbc;
  private final ServiceIdentity identity;
  private final MeterRegistry meters;

  public StageBooks(JdbcClient jdbc, ServiceIdentity identity, MeterRegistry meters) {
    this.jdbc = jdbc;
    this.identity = identity;
    this.meters = meters;
  }

  /** Adds to the table; call inside the transaction that stores the data. */
  public void add(String stage, StageCounts counts) {
    jdbc.sql(ADD)
        .params(
            stage,
            identity.instance(),
            counts.in(),
            counts.out(),
            counts.setAside(),
            counts.duplicates())
        .update();
  }

  /** Adds to the metrics; call after the commit. */
  public void publish(String stage, StageCounts counts) {
    count(stage, "in", counts.in());
    count(stage, "out", counts.out());
    count(stage, "set-aside", counts.setAside());
    count(stage, "duplicate", counts.duplicates());
  }

  /** The books of all instances of this service. */
  public List<Line> read() {
    return jdbc.sql(READ)
        .query(
            (row, n) ->
                new Line(
                    row.getString(1),
                    row.getString(2),
                    row.getLong(3),
                    row.getLong(4),
                    row.getLong(5),
                    row.getLong(6)))
        .list();
  }

  private void count(String stage, String kind, long number) {
    meters.counter("linewright.stage.values", "stage", stage, "kind", kind).increment(number);
  }
}
