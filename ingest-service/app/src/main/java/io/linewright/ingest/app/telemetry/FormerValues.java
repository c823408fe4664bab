package io.linewright.ingest.app.telemetry;

import io.linewright.ingest.app.registry.Series.Source;
import io.linewright.ingest.app.storage.SampleRead;
import io.linewright.ingest.app.storage.SampleTable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The last values of times that are over: of equipment whose address others have now. Memory knows
 * the newest value of each tag only, so these are read from the table of samples, of many tags in
 * one statement. Only what comes late changes them, so that a look serves for {@link #AGE}.
 */
public final class FormerValues {

  /** How old an answer of the table may be, that there is nothing included. */
  static final Duration AGE = Duration.ofSeconds(10);

  /** More are forgotten rather than kept. */
  private static final int MOST_KNOWN = 20_000;

  private static final String FIND =
      """
      /* read */ SELECT k.id, s.*, k.n FROM unnest(?::int[], ?::timestamptz[], ?::timestamptz[])
        WITH ORDINALITY AS k (id, low, high, n)
      CROSS JOIN LATERAL (
        SELECT %s FROM sample
        WHERE tag_id = k.id AND source_time >= '%s' AND source_time < '%s'
          AND source_time >= k.low AND source_time < k.high
        ORDER BY source_time DESC, ordinal DESC LIMIT 1) s
      """;

  /** What was found, and when. */
  private record Known(Instant at, @Nullable LastValue value) {}

  /** A value, and of which of those that were looked for it is. */
  private record Found(Source source, LastValue value) {}

  private final JdbcClient jdbc;
  private final SampleTable samples;
  private final InstantSource clock;
  private final Map<Source, Known> known = new ConcurrentHashMap<>();

  FormerValues(JdbcClient jdbc, SampleTable samples, InstantSource clock) {
    this.jdbc = jdbc;
    this.samples = samples;
    this.clock = clock;
  }

  /** The last value that each of these has stored; of those only that have one. */
  public Map<Source, LastValue> find(Collection<Source> wanted) {
    Map<Source, LastValue> values = new HashMap<>();
    Instant now = clock.instant();
    Set<Source> unknown = new LinkedHashSet<>();
    for (Source one : wanted) {
      Known before = known.get(one);
      if (before == null || !now.isBefore(before.at().plus(AGE)) || now.isBefore(before.at())) {
        unknown.add(one);
      } else if (before.value() != null) {
        values.put(one, before.value());
      }
    }
    if (!unknown.isEmpty()) {
      Map<Source, LastValue> read = read(unknown);
      values.putAll(read);
      if (known.size() + unknown.size() > MOST_KNOWN) {
        known.clear();
      }
      unknown.stream()
          .limit(MOST_KNOWN)
          .forEach(one -> known.put(one, new Known(now, read.get(one))));
    }
    return values;
  }

  /** As {@link LastValueStore}: as many days as the server has room for, the newest first. */
  private Map<Source, LastValue> read(Collection<Source> wanted) {
    Map<Source, LastValue> values = new HashMap<>();
    List<LocalDate> days = samples.days();
    List<Source> missing = List.copyOf(wanted);
    String behind = "infinity";
    for (int end = days.size(); end > 0 && !missing.isEmpty(); end -= LastValueStore.MOST_DAYS) {
      LocalDate first = days.get(Math.max(0, end - LastValueStore.MOST_DAYS));
      long begin = first.toEpochDay() * LastValueStore.MICROS_PER_DAY;
      List<Source> here = missing.stream().filter(one -> one.toMicros() > begin).toList();
      for (Found found : read(here, LastValueStore.midnight(first), behind)) {
        values.put(found.source(), found.value());
      }
      missing =
          missing.stream()
              .filter(one -> one.fromMicros() < begin && !values.containsKey(one))
              .toList();
      behind = LastValueStore.midnight(first);
    }
    return values;
  }

  private List<Found> read(List<Source> wanted, String from, String behind) {
    if (wanted.isEmpty()) {
      return List.of();
    }
    List<Integer> ids = new ArrayList<>();
    List<String> low = new ArrayList<>();
    List<String> high = new ArrayList<>();
    for (Source one : wanted) {
      ids.add(one.tagId());
      low.add(SampleRead.bound(one.fromMicros()));
      high.add(SampleRead.bound(one.toMicros()));
    }
    return jdbc.sql(FIND.formatted(SampleRead.COLUMNS, from, behind))
        .params(
            ids.toArray(Integer[]::new), low.toArray(String[]::new), high.toArray(String[]::new))
        .query(
            (row, number) ->
                new Found(wanted.get(row.getInt("n") - 1), LastValueStore.value(row, number)))
        .list();
  }
}
