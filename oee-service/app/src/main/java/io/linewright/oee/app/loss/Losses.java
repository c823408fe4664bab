package io.linewright.oee.app.loss;

import io.linewright.oee.app.Rfc3339;
import io.linewright.oee.app.Times;
import io.linewright.oee.app.mark.Marks;
import io.linewright.oee.app.registry.Devices;
import io.linewright.oee.event.Loss;
import io.linewright.oee.time.Span;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Values that are known to be lost: table {@code loss}. A loss is of a device or of a gateway;
 * which machines it concerns is asked when it is read, since a gateway may tell of its devices
 * later.
 */
public final class Losses {

  private static final String ADD =
      """
      INSERT INTO loss (ce_id, source, lost_from, lost_to, tags, reason, told_at)
      VALUES (?, ?, ?::timestamptz, ?::timestamptz, ?::text[], ?, ?) ON CONFLICT DO NOTHING
      """;

  private static final String OF =
      """
      /* read */ SELECT ce_id, lost_from, lost_to, tags FROM loss
      WHERE source = ANY (?) AND lost_from < ?::timestamptz AND lost_to >= ?::timestamptz
      ORDER BY lost_from, ce_id
      """;

  private final JdbcClient jdbc;
  private final Devices devices;

  Losses(JdbcClient jdbc, Devices devices) {
    this.jdbc = jdbc;
    this.devices = devices;
  }

  /** Adds a loss; false if it is known. */
  public boolean add(Loss loss, String source, String reason, Instant toldAt) {
    Set<String> tags = loss.tags();
    return jdbc.sql(ADD)
            .params(
                Arrays.asList(
                    loss.id(),
                    source,
                    Rfc3339.format(loss.fromMicros()),
                    Rfc3339.format(loss.toMicros()),
                    tags == null ? null : tags.stream().sorted().toArray(String[]::new),
                    reason,
                    Times.at(Times.micros(toldAt))))
            .update()
        == 1;
  }

  /** The losses that concern a machine and touch the span, its end of one excluded, by begin. */
  public List<Loss> of(int machineId, Span span) {
    return between(devices.sourcesOf(machineId), span);
  }

  /** All losses of a device or gateway, without those of what it carries. */
  public List<Loss> toldOf(String source) {
    return between(List.of(source), Marks.ALWAYS);
  }

  private List<Loss> between(List<String> sources, Span span) {
    return jdbc.sql(OF)
        .param(sources.toArray(String[]::new))
        .param(Rfc3339.format(span.toMicros()))
        .param(Rfc3339.format(span.fromMicros()))
        .query(Losses::loss)
        .list();
  }

  private static Loss loss(ResultSet row, int number) throws SQLException {
    Array tags = row.getArray(4);
    return new Loss(
        row.getString(1),
        Times.micros(row, 2),
        Times.micros(row, 3),
        tags == null ? null : Set.of((String[]) tags.getArray()));
  }
}
