package io.linewright.edge.app.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.edge.app.log.file.LogException;
import io.linewright.edge.app.log.loss.Loss;
import io.linewright.edge.app.log.loss.LossBook;
import io.linewright.edge.log.Bounds;
import io.linewright.edge.log.Progress;
import io.linewright.model.event.SamplesLost;
import io.linewright.model.telemetry.Lane;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log on a real SQLite file. */
class RecordLogTest {

  private static final String MILL = "machining:line-1:mill-01";
  private static final String MILL_PATH = "acme/graz/machining/line-1/mill-01";
  private static final String GATEWAY = "acme/graz/gw-1";

  @TempDir Path directory;
  private Instant now = Instant.parse("2026-11-20T12:00:00Z");

  @Test
  void recordsSurviveAKillAtAnyMoment() throws Exception {
    Path copy = directory.resolve("copy");
    try (RecordLog log = open(directory)) {
      log.append(List.of(record(1), record(2)), Lane.LIVE, micros());
      log.append(List.of(record(3)), Lane.BACKFILL, micros());
      copyTo(copy); // the file as a kill -9 leaves it: database and write-ahead log
      log.append(List.of(record(4)), Lane.LIVE, micros());
    }

    try (RecordLog killed = open(copy)) {
      assertThat(firstSources(killed, Lane.LIVE)).containsExactly(1L, 2L);
      assertThat(firstSources(killed, Lane.BACKFILL)).containsExactly(3L);
      assertThat(killed.positions().progress(Lane.LIVE)).isEqualTo(new Progress(0, 0, 2));
      assertThat(losses(killed))
          .singleElement()
          .satisfies(
              loss -> {
                assertThat(loss.equipment()).isEqualTo(GATEWAY);
                assertThat(loss.count()).isNull();
                assertThat(loss.from()).isEqualTo(now);
              });
    }
  }

  @Test
  void cleanRestartFindsNoLossAndGoesOnCounting() throws Exception {
    long epoch;
    try (RecordLog log = open(directory)) {
      epoch = log.positions().epoch();
      log.append(List.of(record(1), record(2)), Lane.LIVE, micros());
      log.positions().confirm(epoch, Lane.LIVE, 2);
      log.maintain(Map.of(), null, micros());
    }

    try (RecordLog again = open(directory)) {
      assertThat(again.positions().epoch()).isEqualTo(epoch);
      assertThat(losses(again)).isEmpty();
      assertThat(again.positions().progress(Lane.LIVE)).isEqualTo(new Progress(2, 2, 2));
      again.append(List.of(record(3)), Lane.LIVE, micros());
      assertThat(again.read(Lane.LIVE, 2, 10, 1000).getFirst().position()).isEqualTo(3);
      assertThat(again.positions().previousOf(Lane.LIVE, 3, 0)).isEqualTo(2);
      assertThat(again.totals()).isEqualTo(new RecordLog.Totals(3, 2, 0));
    }
  }

  @Test
  void replayHandsOutLastValuesAndEverythingSince() throws Exception {
    try (RecordLog log = open(directory)) {
      log.append(List.of(record(1)), Lane.LIVE, micros());
      log.positions().confirm(log.positions().epoch(), Lane.LIVE, 1);
      log.maintain(Map.of(7L, new byte[] {7}), null, micros());
      log.append(List.of(record(2)), Lane.BACKFILL, micros());
      log.append(List.of(record(3)), Lane.LIVE, micros());
      copyTo(directory.resolve("copy"));
    }
    List<byte[]> seen = new ArrayList<>();

    try (RecordLog again = open(directory.resolve("copy"))) {
      again.replay(seen::add);

      assertThat(seen).containsExactly(new byte[] {7}, record(2).payload(), record(3).payload());
      assertThat(again.totals().in()).isEqualTo(3);
    }
  }

  @Test
  void confirmedRecordsAreDeletedAndOthersStay() throws Exception {
    try (RecordLog log = open(directory)) {
      log.append(List.of(record(1), record(2), record(3)), Lane.BACKFILL, micros());
      log.positions().confirm(log.positions().epoch(), Lane.BACKFILL, 2);
      log.positions().confirm(log.positions().epoch() + 1, Lane.BACKFILL, 3); // another epoch
      log.positions().confirm(log.positions().epoch(), Lane.BACKFILL, 4); // never given out
      log.maintain(Map.of(), null, micros());

      assertThat(firstSources(log, Lane.BACKFILL)).containsExactly(3L);
      assertThat(log.totals().out()).isEqualTo(2);
      assertThat(log.positions().unconfirmed(Lane.BACKFILL)).isEqualTo(1);
    }
  }

  @Test
  void oldestBacklogGoesFirstAndItsLossIsARecord() throws Exception {
    Bounds small = new Bounds(1 << 20, 0);
    try (RecordLog log = open(directory, small, Duration.ofDays(14))) {
      for (int i = 1; i <= 400; i++) {
        LogRecord record = new LogRecord(MILL, LogRecord.Kind.SAMPLES, 5, i, i, new byte[10_000]);
        assertThat(log.makeRoom(10_000, Long.MIN_VALUE, false)).isTrue();
        log.append(List.of(record), Lane.BACKFILL, micros());
      }
      assertThat(log.usedBytes()).isLessThanOrEqualTo(1 << 20);
      long kept = log.positions().unconfirmed(Lane.BACKFILL);
      long lost = log.totals().lost();
      assertThat(lost).isEqualTo((400 - kept) * 5);
      long first = 400 - kept + 1;
      assertThat(log.positions().previousOf(Lane.BACKFILL, first, 0)).isZero();
      assertThat(log.positions().previousOf(Lane.BACKFILL, first + 1, first)).isEqualTo(first);

      assertThat(losses(log))
          .singleElement()
          .isEqualTo(
              new SamplesLost(
                  MILL_PATH,
                  LossBook.instant(1),
                  LossBook.instant(first - 1),
                  lost,
                  "the log was full"));
    }
  }

  @Test
  void lossThatIsNotTakenAlongIsNotForgottenWhenItIsDroppedItself() throws Exception {
    try (RecordLog log = open(directory, new Bounds(1 << 20, 0), Duration.ofDays(1))) {
      log.lose(Loss.of(new SamplesLost(MILL_PATH, now, now, 3L, "test")));
      log.maintain(Map.of(), Lane.BACKFILL, micros());
      assertThat(log.positions().unconfirmed(Lane.BACKFILL)).isEqualTo(1);
      long oldestKept = micros() + Duration.ofDays(1).toNanos() / 1000;
      log.makeRoom(0, oldestKept, false);

      assertThat(log.positions().unconfirmed(Lane.BACKFILL)).isZero();
      assertThat(losses(log)).extracting(SamplesLost::count).containsExactly(3L);
    }
  }

  @Test
  void recordsOlderThanTheGreatestAgeAreLost() throws Exception {
    try (RecordLog log = open(directory, new Bounds(1 << 30, 0), Duration.ofHours(1))) {
      log.append(List.of(record(1)), Lane.BACKFILL, micros());
      now = now.plus(Duration.ofMinutes(50));
      log.append(List.of(record(2)), Lane.BACKFILL, micros());
      now = now.plus(Duration.ofMinutes(20));
      long oldestKept = micros() - Duration.ofHours(1).toNanos() / 1000;
      log.makeRoom(0, oldestKept, false);

      assertThat(firstSources(log, Lane.BACKFILL)).containsExactly(2L);
      assertThat(losses(log))
          .extracting(SamplesLost::reason)
          .containsExactly("older than the greatest age of the log");
    }
  }

  @Test
  void fullDiskRefusesWithoutBacklogToDrop() throws Exception {
    try (RecordLog log =
        open(directory, new Bounds(1 << 30, Long.MAX_VALUE / 2), Duration.ofDays(1))) {
      assertThat(log.makeRoom(1 << 20, Long.MIN_VALUE, false)).isFalse();
    }
  }

  @Test
  void damagedFileIsSetAsideWithANewEpoch() throws Exception {
    Path file = directory.resolve("uplink.db");
    Files.writeString(file, "this is not a database, but it is long enough to look like one");

    try (RecordLog log = open(directory)) {
      assertThat(log.positions().epoch()).isPositive();
      assertThat(losses(log)).singleElement().matches(l -> l.reason().contains("damaged"));
    }
    try (var files = Files.list(directory)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .anyMatch(name -> name.startsWith("uplink.db.damaged-"));
    }
  }

  @Test
  void fileThatTurnsOutDamagedInUseIsReplacedAndKeepsAliases() throws Exception {
    try (RecordLog log = open(directory)) {
      List<Alias> before = log.declare(List.of(alias("a"), alias("b")));
      log.append(List.of(record(1)), Lane.LIVE, micros());
      long epoch = log.positions().epoch();

      log.replaceDamaged(new LogException(LogException.Kind.DAMAGED, "test"));

      assertThat(log.positions().epoch()).isNotEqualTo(epoch);
      log.append(List.of(record(2)), Lane.LIVE, micros());
      assertThat(firstSources(log, Lane.LIVE)).containsExactly(2L);
      assertThat(log.declare(List.of(alias("a"), alias("b")))).isEqualTo(before);
    }
  }

  @Test
  void newerSchemaAndForeignFilesAreRefusedUntouched() throws Exception {
    open(directory).close();
    sql("PRAGMA user_version = 99");
    assertThatThrownBy(() -> open(directory))
        .isInstanceOf(LogException.class)
        .hasMessageContaining("schema version 99")
        .hasMessageContaining("newer release");

    sql("PRAGMA application_id = 1");
    assertThatThrownBy(() -> open(directory)).hasMessageContaining("another program");
    assertThat(directory.resolve("uplink.db")).exists();
  }

  @Test
  void retiredMetricKeepsItsPropertiesOverRestarts() throws Exception {
    Map<String, Object> properties = Map.of("engUnit", "Cel", "low", -5.0, "every", 1000L);
    try (RecordLog log = open(directory)) {
      log.declare(List.of(alias("a"), Alias.wanted(MILL, "t", 10, properties)));
      log.append(List.of(record(1)), Lane.LIVE, micros());
    }
    try (RecordLog log = open(directory)) {
      log.declare(List.of(alias("a")));
    }
    try (RecordLog log = open(directory)) {
      assertThat(log.retiredAliases())
          .singleElement()
          .satisfies(retired -> assertThat(retired.properties()).isEqualTo(properties));
    }
  }

  @Test
  void aMetricRemembersSinceWhenItsUnitIsWhatItIs() throws Exception {
    Map<String, Object> celsius = Map.of("engUnit", "Cel");
    Map<String, Object> fahrenheit = Map.of("engUnit", "[degF]");
    try (RecordLog log = open(directory)) {
      Alias first = log.declare(List.of(Alias.wanted(MILL, "t", 10, celsius))).getFirst();
      assertThat(first.properties()).isEqualTo(celsius);
      assertThat(log.declare(List.of(Alias.wanted(MILL, "t", 10, celsius))).getFirst())
          .isEqualTo(first);
    }
    Alias changed;
    try (RecordLog log = open(directory)) {
      changed = log.declare(List.of(Alias.wanted(MILL, "t", 10, fahrenheit))).getFirst();
      assertThat(changed.properties())
          .containsEntry("linewright/since-ms", now.toEpochMilli())
          .containsEntry("engUnit", "[degF]");
    }
    now = now.plusSeconds(60);
    try (RecordLog log = open(directory)) {
      assertThat(log.declare(List.of(Alias.wanted(MILL, "t", 10, fahrenheit))).getFirst())
          .as("it stays, however often the gateway starts")
          .isEqualTo(changed);
    }
  }

  @Test
  void fileOfTheFirstReleaseIsTakenOver() throws Exception {
    List<Alias> before;
    try (RecordLog log = open(directory)) {
      before = log.declare(List.of(alias("a"), alias("b")));
      log.append(List.of(record(1)), Lane.LIVE, micros());
    }
    sql("DROP INDEX record_class");
    sql("ALTER TABLE record DROP COLUMN class");
    sql("ALTER TABLE record DROP COLUMN complete");
    sql("ALTER TABLE loss DROP COLUMN aliases");
    sql("DROP TABLE set_aside");
    sql("ALTER TABLE alias DROP COLUMN properties");
    sql("PRAGMA user_version = 1");
    try (RecordLog log = open(directory)) {
      assertThat(log.declare(List.of(alias("a"), alias("b")))).isEqualTo(before);
      assertThat(firstSources(log, Lane.LIVE)).containsExactly(1L);
    }
  }

  @Test
  void aliasesAreNeverReusedAndRetireWithTheirBacklog() throws Exception {
    List<Alias> first;
    try (RecordLog log = open(directory)) {
      first = log.declare(List.of(alias("a"), alias("b")));
      log.append(List.of(record(1)), Lane.BACKFILL, micros());
    }
    try (RecordLog log = open(directory)) {
      assertThat(log.declare(List.of(alias("b"))).getFirst().id()).isEqualTo(first.get(1).id());
      assertThat(log.retiredAliases()).extracting(Alias::name).containsExactly("a");
      assertThat(log.maintain(Map.of(), null, micros())).isFalse();
      log.positions().confirm(log.positions().epoch(), Lane.BACKFILL, 1);
      assertThat(log.maintain(Map.of(), null, micros())).isTrue();
      assertThat(log.retiredAliases()).isEmpty();
      Alias again = log.declare(List.of(alias("a"), alias("b"))).getFirst();
      assertThat(again.id()).isGreaterThan(first.get(1).id());
    }
  }

  @Test
  void newEpochCountsOnAndBeginsWithoutPrevious() throws Exception {
    try (RecordLog log = open(directory)) {
      long epoch = log.positions().epoch();
      log.append(List.of(record(1), record(2)), Lane.LIVE, micros());
      log.positions().confirm(epoch, Lane.LIVE, 1);
      log.maintain(Map.of(), null, micros());
      log.beginEpoch("test", micros());

      assertThat(log.positions().epoch()).isNotEqualTo(epoch);
      assertThat(log.positions().previousOf(Lane.LIVE, 2, 0)).isZero();
      assertThat(firstSources(log, Lane.LIVE)).containsExactly(2L);
    }
  }

  @Test
  void backlogTellsHowFarBackADeviceIsComplete() throws Exception {
    try (RecordLog log = open(directory)) {
      log.append(List.of(record(50), record(20)), Lane.BACKFILL, micros());
      assertThat(log.positions().oldestBacklogOf(MILL)).isEqualTo(20L);
      log.append(List.of(record(60)), Lane.BACKFILL, micros());
      log.positions().confirm(log.positions().epoch(), Lane.BACKFILL, 2);
      log.maintain(Map.of(), null, micros());
      assertThat(log.positions().oldestBacklogOf(MILL)).isEqualTo(60L);
      log.positions().confirm(log.positions().epoch(), Lane.BACKFILL, 3);
      log.maintain(Map.of(), null, micros());
      assertThat(log.positions().oldestBacklogOf(MILL)).isNull();
    }
  }

  @Test
  void declarationThatFailsChangesNothing() throws Exception {
    try (RecordLog log = open(directory)) {
      List<Alias> before = log.declare(List.of(alias("a"), alias("b")));

      assertThatThrownBy(() -> log.declare(List.of(alias("a"), alias("c"), alias("c"))))
          .isInstanceOf(LogException.class);

      assertThat(log.retiredAliases()).isEmpty();
      assertThat(log.declare(List.of(alias("a"), alias("b")))).isEqualTo(before);
    }
  }

  private RecordLog open(Path where) throws LogException {
    return open(where, new Bounds(1L << 30, 0), Duration.ofDays(14));
  }

  private RecordLog open(Path where, Bounds bounds, Duration maxAge) throws LogException {
    Map<String, String> equipment = new HashMap<>();
    equipment.put(MILL, MILL_PATH);
    return RecordLog.open(
        where, new RecordLog.Settings(bounds, maxAge, GATEWAY, equipment), () -> now);
  }

  private long micros() {
    return LossBook.micros(now);
  }

  private static Alias alias(String name) {
    return Alias.wanted(MILL, name, 10, Map.of());
  }

  private static LogRecord record(long source) {
    byte[] payload = ("payload " + source).getBytes(StandardCharsets.UTF_8);
    return new LogRecord(MILL, LogRecord.Kind.SAMPLES, 1, source, source, payload);
  }

  private static List<Long> firstSources(RecordLog log, Lane lane) throws LogException {
    return log.read(lane, 0, 100, 1 << 20).stream()
        .filter(r -> r.content().kind() == LogRecord.Kind.SAMPLES)
        .map(r -> r.content().firstSourceMicros())
        .toList();
  }

  /** Losses as they are told: turned into records, then read back. */
  private List<SamplesLost> losses(RecordLog log) throws Exception {
    log.maintain(Map.of(), Lane.BACKFILL, micros());
    List<SamplesLost> losses = new ArrayList<>();
    for (LogRecord.Stored record : log.read(Lane.BACKFILL, 0, 1000, 1 << 24)) {
      if (record.content().kind() == LogRecord.Kind.LOSS) {
        losses.add(LossBook.read(record.content().payload()));
      }
    }
    return losses;
  }

  private void copyTo(Path target) throws Exception {
    Files.createDirectories(target);
    for (String name : List.of("uplink.db", "uplink.db-wal")) {
      Files.copy(directory.resolve(name), target.resolve(name));
    }
  }

  private void sql(String text) throws Exception {
    try (Connection c =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("uplink.db"));
        Statement s = c.createStatement()) {
      s.execute(text);
    }
  }
}
