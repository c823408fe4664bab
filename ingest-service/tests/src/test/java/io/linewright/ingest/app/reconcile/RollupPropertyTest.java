package io.linewright.ingest.app.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.ingest.app.reconcile.GroupBy.Difference;
import io.linewright.ingest.app.reconcile.Reconciliation.Found;
import io.linewright.ingest.app.reconcile.RollupPass.Looked;
import io.linewright.ingest.app.rollup.DirtyMarks;
import io.linewright.ingest.app.rollup.RollupWorker;
import io.linewright.ingest.app.storage.IngestDatabase;
import io.linewright.ingest.rollup.Level;
import io.linewright.kit.fault.FaultPoints;
import io.linewright.testkit.infrastructure.Database;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import io.linewright.testkit.property.Seeded;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Roll-ups against a plain GROUP BY, with writers, people who correct, two workers and crashes. The
 * GROUP BY is made twice: over what the database says that counts, and over {@link SeriesModel}.
 */
@ExtendWith(TestServers.class)
class RollupPropertyTest {

  private static final int WRITERS = 3;
  static final Instant LATER = Instant.parse("2026-02-01T00:00:00Z");

  IngestDatabase database;
  private LivePlant plant;
  private LiveCorrections corrections;
  private JdbcClient jdbc;

  @BeforeEach
  void makeTables(TestPostgres postgres) {
    database = IngestDatabase.create(server(postgres), "rollup_" + System.nanoTime());
    plant = new LivePlant(database, true);
    corrections = new LiveCorrections(database, plant);
    jdbc = JdbcClient.create(database.dataSource());
    for (int i = 1; i <= LivePlant.TAGS; i++) {
      jdbc.sql("INSERT INTO tag (path, name, type) VALUES ('acme/graz/mill-01', ?, 'double')")
          .param("t" + i)
          .update();
    }
  }

  Database server(TestPostgres postgres) {
    return new Database(postgres.createDatabase(), TestPostgres.USER, "");
  }

  /** What else goes on, over and over, while all is written and computed. */
  List<Act> meanwhile() {
    return List.of();
  }

  /** Whether that has gone on. */
  void checkMeanwhile() {}

  @AfterEach
  void dropTables() throws SQLException {
    database.drop();
  }

  @Test
  void rollupsEqualAGroupByAfterEveryBatchWithWritersRunning() {
    Seeded.check(3, random -> withWriters(random.nextLong()));
    checkMeanwhile();
    assertThat(corrections.made()).as("corrections").containsAll(LiveCorrections.ALL_KINDS);
  }

  private void withWriters(long seed) throws Exception {
    ReadWriteLock running = new ReentrantReadWriteLock(true);
    AtomicBoolean stop = new AtomicBoolean();
    // People are slower than machines, and each word makes every later question a little slower
    Semaphore turns = new Semaphore(0);
    Random random = new Random(seed);
    Reconciliation reconciliation = new Reconciliation(database.dataSource(), random);
    RollupPass pass = pass();
    int compared = 0;
    long days = 0;
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Future<?>> all = new ArrayList<>();
      try {
        for (int i = 0; i < WRITERS; i++) {
          Random own = new Random(seed + i + 1);
          all.add(threads.submit(() -> repeat(stop, running, () -> act(own, turns))));
        }
        for (Act act : meanwhile()) {
          all.add(threads.submit(() -> repeat(stop, running, act)));
        }
        RollupWorker second = worker(FaultPoints.none());
        all.add(threads.submit(() -> repeat(stop, running, second::sweep)));
        for (int round = 0; round < 8; round++) {
          for (int i = 0; i < 10; i++) {
            worker(FaultPoints.none()).sweep();
            Found found = reconciliation.check(LATER);
            assertThat(found.mismatches()).as("found with writers running").isZero();
            compared += found.buckets();
            Looked looked = pass.look(LATER);
            assertThat(looked.mismatches()).as("days found with writers running").isZero();
            days += looked.days();
            turns.release(2);
          }
          running.writeLock().lock();
          try {
            drain();
            assertThat(differences()).isEmpty();
          } finally {
            running.writeLock().unlock();
          }
        }
      } finally {
        stop.set(true);
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    assertThat(compared).as("minutes compared while writers ran").isPositive();
    assertThat(days).as("days compared while writers ran").isPositive();
    assertThat(jdbc.sql("SELECT count(*) FROM rollup_minute").query(Long.class).single())
        .isPositive();
    assertThat(jdbc.sql("SELECT count(*) FROM rollup_mismatch").query(Long.class).single())
        .isZero();
  }

  private void act(RandomGenerator random, Semaphore turns) throws SQLException {
    if (turns.tryAcquire()) {
      corrections.act(random);
    } else {
      plant.act(random);
    }
  }

  private RollupPass pass() {
    return new RollupPass(
        database.dataSource(), new PassStore(jdbc), Duration.ofMillis(20), RollupPass.MOST_SAMPLES);
  }

  /** Something that is done again and again. */
  interface Act {
    void run() throws Exception;
  }

  private static Void repeat(AtomicBoolean stop, ReadWriteLock running, Act act) throws Exception {
    while (!stop.get()) {
      running.readLock().lock();
      try {
        act.run();
      } finally {
        running.readLock().unlock();
      }
    }
    return null;
  }

  @Test
  void aCrashAnywhereInARoundLosesNothing() {
    Seeded.check(
        4,
        random -> {
          for (String point : List.of("rollup-between-write-and-marks", "rollup-before-commit")) {
            for (int i = 0; i < 10; i++) {
              plant.act(random);
              corrections.act(random);
            }
            RollupWorker dying =
                worker(
                    new FaultPoints(
                        Map.of(point, random.nextLong(1, 4)),
                        () -> {
                          throw new IllegalStateException("killed");
                        }));
            assertThatThrownBy(
                    () -> {
                      for (int i = 0; i < 10; i++) {
                        mark(random.nextInt(1, 5));
                        dying.sweep();
                      }
                    })
                .hasMessage("killed");
            Reconciliation reconciliation = new Reconciliation(database.dataSource(), random);
            for (int i = 0; i < 10; i++) {
              assertThat(reconciliation.check(LATER).mismatches()).isZero();
            }
            drain();
            assertThat(differences()).isEmpty();
          }
        });
  }

  /** Marks all that a tag has, so that every level has something to do. */
  private void mark(int tag) throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      DirtyMarks.mark(
          connection, tag, LivePlant.micros(LivePlant.BEGIN), LivePlant.micros(LivePlant.END));
    }
  }

  @Test
  void onlyOneWorksAndAnOpenBucketWaits() throws Exception {
    jdbc.sql(
            "INSERT INTO sample (tag_id, source_time, ordinal, status, number, gateway_time, ingest_time)"
                + " VALUES (1, '2026-01-10T20:00:10Z', 0, 0, 1, now(), now()) ON CONFLICT DO NOTHING")
        .update();
    mark(1);
    try (Connection other = database.dataSource().getConnection()) {
      String key = "(hashtextextended(current_schema() || '.rollup', 0))";
      other.createStatement().execute("SELECT pg_advisory_lock" + key);
      assertThat(worker(FaultPoints.none()).sweep()).isEmpty();
      other.createStatement().execute("SELECT pg_advisory_unlock" + key);
    }
    Instant open = LivePlant.BEGIN.plusSeconds(59);
    RollupWorker early =
        new RollupWorker(
            database.dataSource(), Duration.ZERO, FaultPoints.none(), InstantSource.fixed(open));
    assertThat(early.sweep()).containsEntry(Level.MINUTE, 0);
    assertThat(worker(FaultPoints.none()).sweep()).containsEntry(Level.MINUTE, 1);
  }

  @Test
  void aWrongRollupIsFoundWrittenDownAndPutRight() throws Exception {
    for (int i = 0; i < 20; i++) {
      plant.act(new Random(i));
    }
    drain();
    int tag = 3;
    int hour = Level.HOUR.numberOf(LivePlant.micros(LivePlant.BEGIN));
    Reconciliation reconciliation = new Reconciliation(database.dataSource(), new Random(1));
    assertThat(compare(reconciliation, tag, hour)).contains(new Found(60, 0));

    for (String wrong :
        List.of(
            "UPDATE rollup_minute SET last_value = 1e6 WHERE tag_id = 3",
            "DELETE FROM rollup_minute WHERE tag_id = 3",
            "UPDATE rollup_hour SET sum = sum + 1e-3, integral = integral + 1 WHERE tag_id = 3",
            "INSERT INTO rollup_minute SELECT tag_id, start - interval '1 year', good, uncertain, bad, numbers,"
                + " sum, sum_squares, minimum, minimum_time, maximum, maximum_time, first_time, first_status,"
                + " first_value, last_time, last_status, last_value, integral, integral_micros, good_micros,"
                + " uncertain_micros, bad_micros, points FROM rollup_minute WHERE tag_id = 3")) {
      jdbc.sql(wrong).update();
      int where = wrong.startsWith("INSERT") ? hour - 365 * 24 : hour;
      Optional<Found> found = compare(reconciliation, tag, where);
      assertThat(found).as(wrong).isPresent();
      assertThat(found.get().mismatches()).as(wrong).isPositive();
      assertThat(compare(reconciliation, tag, where).orElseThrow().mismatches())
          .as("it is marked now")
          .isZero();
      drain();
      assertThat(compare(reconciliation, tag, where)).as(wrong).contains(new Found(60, 0));
    }
    assertThat(new MismatchStore(jdbc).newest(1_000))
        .isNotEmpty()
        .allMatch(kept -> kept.tag().equals("acme/graz/mill-01#t3"))
        .anyMatch(kept -> kept.expected() == null)
        .anyMatch(kept -> kept.kept() == null);
  }

  private Optional<Found> compare(Reconciliation reconciliation, int tag, int hour)
      throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      return reconciliation.compare(connection, tag, Level.HOUR, hour, LATER);
    }
  }

  private RollupWorker worker(FaultPoints faults) {
    return new RollupWorker(
        database.dataSource(), Duration.ZERO, faults, InstantSource.fixed(LATER));
  }

  private void drain() throws Exception {
    for (int i = 0; i < 50 && marks() > 0; i++) {
      worker(FaultPoints.none()).sweep();
    }
    assertThat(marks()).as("marks left when nobody writes").isZero();
  }

  private long marks() {
    return jdbc.sql("SELECT count(*) FROM rollup_dirty").query(Long.class).single();
  }

  private List<Difference> differences() throws SQLException, IOException {
    List<Difference> differences = new ArrayList<>();
    try (Connection connection = database.dataSource().getConnection()) {
      SeriesModel.write(connection, LivePlant.TAGS);
      for (int tag = 1; tag <= LivePlant.TAGS; tag++) {
        for (Level level : Level.values()) {
          for (long[] stretch : LivePlant.stretches()) {
            long from = stretch[0];
            long to = stretch[1];
            differences.addAll(GroupBy.compare(connection, tag, level, from, to));
            String model = SeriesModel.of(tag, from, to);
            differences.addAll(GroupBy.compare(connection, model, tag, level, from, to));
          }
        }
      }
    }
    return differences;
  }
}
