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
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The last values of times that are over: of equipment whose address others have now. Memory knows
 * the newest value of each tag only, so these are read from the table of samples, of many tags in
 * one statement. Only what comes late changes them.
 *
 * <p>Where nothing is stored, every day there is has to be looked at. Therefore one looks for all,
 * and only who asks for something for the first time, or after a long time, waits for it: what is
 * older than {@link #AGE} is answered as it was, and looked for again aside.
 */
public final class FormerValues {

  private static final Logger LOG = LoggerFactory.getLogger(FormerValues.class);

  /** How old an answer may be until it is looked for again. */
  static final Duration AGE = LastValueUpdate.OLDER_EVERY;

  /** Time between two looks aside as a multiple of what the last one took. */
  static final int SHARE = LastValueUpdate.OLDER_SHARE;

  /** An answer that is older than so many times between two looks aside is no answer any more. */
  static final int MOST_GAPS = 3;

  /** How long others may look before those who wait for them are refused. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Most that are looked for in one statement. */
  public static final int MOST_AT_ONCE = 1_000;

  /** The oldest answers beyond are forgotten. */
  static final int MOST_KNOWN = 50_000;

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
  private record Known(Instant at, @Nullable LastValue value) {

    boolean isOld(Duration age, Instant now) {
      return !now.isBefore(at.plus(age)) || now.isBefore(at);
    }
  }

  /** A value, and of which of those that were looked for it is. */
  private record Found(Source source, LastValue value) {}

  private final JdbcClient jdbc;
  private final SampleTable samples;
  private final InstantSource clock;
  private final Executor aside;
  private final int mostKnown;
  private final Map<Source, Known> known = new ConcurrentHashMap<>();
  private final ReentrantLock looking = new ReentrantLock();

  /** Those asked for again since the last look aside. */
  private final Set<Source> asked = ConcurrentHashMap.newKeySet();

  private final AtomicBoolean renewing = new AtomicBoolean();
  private volatile Duration gap = AGE;
  private volatile Instant renewDue = Instant.MIN;

  /**
   * @param aside does what nobody waits for
   * @param mostKnown most answers that are kept
   */
  FormerValues(
      JdbcClient jdbc, SampleTable samples, InstantSource clock, Executor aside, int mostKnown) {
    this.jdbc = jdbc;
    this.samples = samples;
    this.clock = clock;
    this.aside = aside;
    this.mostKnown = mostKnown;
  }

  /**
   * The last value that each of these has stored; of those only that have one.
   *
   * @throws DataAccessException if the table has to be asked and does not answer
   */
  public Map<Source, LastValue> find(Collection<Source> wanted) {
    renewIfDue(wanted);
    Duration age = gap.multipliedBy(MOST_GAPS);
    Map<Source, Known> answers = new HashMap<>();
    look(known(wanted, age, answers), age, answers);
    Map<Source, LastValue> values = new HashMap<>();
    answers.forEach(
        (source, answer) -> {
          LastValue value = answer.value();
          if (value != null) {
            values.put(source, value);
          }
        });
    return values;
  }

  /**
   * Gives the answers that are known.
   *
   * @return those of which none is, or an older one
   */
  private List<Source> known(Collection<Source> wanted, Duration age, Map<Source, Known> answers) {
    Instant now = clock.instant();
    List<Source> unknown = new ArrayList<>();
    for (Source one : wanted) {
      Known before = known.get(one);
      if (before == null || before.isOld(age, now)) {
        unknown.add(one);
      } else {
        answers.put(one, before);
      }
    }
    return unknown;
  }

  private void renewIfDue(Collection<Source> wanted) {
    Instant now = clock.instant();
    boolean old = false;
    for (Source one : wanted) {
      Known before = known.get(one);
      if (before != null) {
        asked.add(one);
        old |= before.isOld(AGE, now);
      }
    }
    if (old && !now.isBefore(renewDue) && renewing.compareAndSet(false, true)) {
      aside.execute(this::renew);
    }
  }

  private void renew() {
    Instant begin = clock.instant();
    try {
      List<Source> all = List.copyOf(asked);
      all.forEach(asked::remove);
      look(all, AGE, new HashMap<>());
    } catch (DataAccessException away) {
      LOG.warn("Last values of former times cannot be read: {}", away.toString());
    } finally {
      Instant end = clock.instant();
      Duration next = Duration.between(begin, end).multipliedBy(SHARE);
      gap = next.compareTo(AGE) > 0 ? next : AGE;
      renewDue = end.plus(gap);
      renewing.set(false);
    }
  }

  /** Looks for those of which no answer of that age is known when it is their turn. */
  private void look(List<Source> wanted, Duration age, Map<Source, Known> answers) {
    for (int i = 0; i < wanted.size(); i += MOST_AT_ONCE) {
      await();
      try {
        List<Source> some = wanted.subList(i, Math.min(i + MOST_AT_ONCE, wanted.size()));
        List<Source> unknown = known(some, age, answers);
        Instant now = clock.instant();
        Map<Source, LastValue> read = read(unknown);
        for (Source one : unknown) {
          Known answer = new Known(now, read.get(one));
          answers.put(one, answer);
          known.put(one, answer);
        }
        forget();
      } finally {
        looking.unlock();
      }
    }
  }

  private void await() {
    try {
      if (looking.tryLock(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
    throw new DataAccessResourceFailureException(
        "the table of samples has not answered others within " + PATIENCE);
  }

  private void forget() {
    int over = known.size() - mostKnown;
    if (over > 0) {
      known.entrySet().stream()
          .sorted(Comparator.comparing((Map.Entry<Source, Known> one) -> one.getValue().at()))
          .limit(over)
          .map(Map.Entry::getKey)
          .toList()
          .forEach(
              one -> {
                known.remove(one);
                asked.remove(one);
              });
    }
  }

  /** What is older than the value that is known need not be looked at again. */
  private long lowMicros(Source source) {
    Known before = known.get(source);
    LastValue value = before == null ? null : before.value();
    return value == null ? source.fromMicros() : value.sample().sourceMicros();
  }

  /** As {@link LastValueStore}: as many days as the server has room for, the newest first. */
  private Map<Source, LastValue> read(List<Source> wanted) {
    if (wanted.isEmpty()) {
      return Map.of();
    }
    Map<Source, LastValue> values = new HashMap<>();
    List<LocalDate> days = samples.days();
    List<Source> missing = wanted;
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
              .filter(one -> lowMicros(one) < begin && !values.containsKey(one))
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
      low.add(SampleRead.bound(lowMicros(one)));
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
