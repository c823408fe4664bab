package io.linewright.ingest.app.quality.day;

import io.linewright.ingest.app.storage.SampleRead;
import io.linewright.ingest.gateway.Canary.Kind;
import io.linewright.ingest.quality.Life;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * When devices gave signs of life: a canary of their gateway, which turns their tags Bad when they
 * fall silent, or any value of their own that is not Bad. What is known to be lost is no life.
 *
 * <p>Tags are asked until no minute is left, and at most {@link #MOST_TAGS}. What a tag said takes
 * one look into an index for each minute in which it said something, and one for each stretch of
 * time in which nobody before it did: however many samples there are, and next to nothing of what
 * is away.
 */
final class LifeReader {

  private static final int MOST_TAGS = 50;
  private static final long MINUTE = 60_000_000;

  private static final String GATEWAYS =
      """
      /* read */ SELECT DISTINCT replace(e.sparkplug_group, ':', '/') || '/' || e.sparkplug_node
      FROM equipment_path p JOIN equipment e USING (equipment_id)
      WHERE p.address = ? AND e.sparkplug_group IS NOT NULL AND e.sparkplug_node IS NOT NULL
      """;

  /**
   * Canaries first, then heartbeats, then what is expected most often. What the bridge says of a
   * gateway is no word of it.
   */
  private static final String TAGS =
      """
      /* read */ SELECT id FROM tag
      WHERE (path = ANY (?::text[]) AND name = ?)
         OR (path = ? AND role <> 'stage-counter' AND name <> 'online')
      ORDER BY name <> ?, role <> 'heartbeat', sampling_millis NULLS LAST, id LIMIT ?
      """;

  /** From one living minute to the next; what lies between two values of a minute is not read. */
  private static final String MINUTES =
      """
      /* read */ SELECT found.m FROM unnest(?::int[], ?::int[]) AS run (first, past)
      CROSS JOIN LATERAL (
        WITH RECURSIVE alive (m) AS (
          SELECT run.first - 1
          UNION ALL
          SELECT (
            SELECT floor(extract(epoch FROM s.source_time - ?::timestamptz) / 60)::int
            FROM sample s
            WHERE s.tag_id = ? AND s.status >= 0
              AND s.source_time >= ?::timestamptz AND s.source_time < ?::timestamptz
              AND s.source_time >= ?::timestamptz + (alive.m + 1) * interval '1 minute'
              AND s.source_time < ?::timestamptz + run.past * interval '1 minute'
            ORDER BY s.source_time LIMIT 1)
          FROM alive WHERE alive.m IS NOT NULL)
        SELECT m FROM alive WHERE m >= run.first) found
      """;

  private static final String LOST =
      """
      /* read */ SELECT lost_from, lost_to FROM loss
      WHERE equipment = ANY (?::text[]) AND lost_to >= ? AND lost_from < ?
      """;

  private record Lost(long fromMicros, long toMicros) {}

  private final JdbcClient jdbc;

  LifeReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The life of what sends under an address. */
  Life of(String address, QualityDay day, Limit limit) {
    List<String> gateways =
        jdbc.sql(GATEWAYS)
            .withQueryTimeout(limit.seconds())
            .param(address)
            .query((row, n) -> row.getString(1))
            .list();
    int length = (int) Math.ceilDiv(day.untilMicros() - day.fromMicros(), MINUTE);
    BitSet alive = new BitSet(length);
    for (int tag : tags(address, gateways, limit)) {
      if (alive.nextClearBit(0) >= length) {
        break;
      }
      minutes(tag, day, alive, length, limit);
    }
    for (Lost lost : losses(address, gateways, day, limit)) {
      long from = (Math.max(lost.fromMicros(), day.fromMicros()) - day.fromMicros()) / MINUTE;
      long to = (Math.min(lost.toMicros(), day.untilMicros() - 1) - day.fromMicros()) / MINUTE;
      alive.clear((int) from, (int) Math.max(from, to) + 1);
    }
    return new Life(day.fromMicros(), alive);
  }

  private List<Integer> tags(String address, List<String> gateways, Limit limit) {
    String canary = Kind.GATEWAY.tag();
    return jdbc.sql(TAGS)
        .withQueryTimeout(limit.seconds())
        .params(Arrays.asList(gateways.toArray(String[]::new), canary, address, canary, MOST_TAGS))
        .query((row, n) -> row.getInt(1))
        .list();
  }

  private void minutes(int tag, QualityDay day, BitSet alive, int length, Limit limit) {
    List<Integer> open = new ArrayList<>();
    List<Integer> past = new ArrayList<>();
    for (int m = alive.nextClearBit(0); m < length; m = alive.nextClearBit(past.getLast())) {
      int next = alive.nextSetBit(m);
      open.add(m);
      past.add(next < 0 ? length : next);
    }
    OffsetDateTime from = SampleRead.time(day.fromMicros());
    OffsetDateTime until = SampleRead.time(day.untilMicros());
    jdbc.sql(MINUTES)
        .withQueryTimeout(limit.seconds())
        .params(
            Arrays.asList(
                open.toArray(Integer[]::new),
                past.toArray(Integer[]::new),
                from,
                tag,
                from,
                until,
                from,
                from))
        .query((row, n) -> row.getInt(1))
        .list()
        .forEach(alive::set);
  }

  private List<Lost> losses(String address, List<String> gateways, QualityDay day, Limit limit) {
    List<String> equipment = new ArrayList<>(gateways);
    equipment.add(address);
    return jdbc.sql(LOST)
        .withQueryTimeout(limit.seconds())
        .params(
            Arrays.asList(
                equipment.toArray(String[]::new),
                SampleRead.time(day.fromMicros()),
                SampleRead.time(day.untilMicros())))
        .query((row, n) -> new Lost(SampleRead.micros(row, 1), SampleRead.micros(row, 2)))
        .list();
  }
}
