package io.linewright.edge.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.edge.app.log.loss.LossBook;
import io.linewright.edge.app.sparkplug.PayloadCodec;
import io.linewright.edge.app.sparkplug.StoredAliases;
import io.linewright.edge.log.Bounds;
import io.linewright.edge.log.PriorityClass;
import io.linewright.edge.log.Progress;
import io.linewright.edge.sparkplug.Metric;
import io.linewright.model.event.SamplesLost;
import io.linewright.model.telemetry.Lane;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Log files that earlier releases wrote, kept as they were: an upgrade must read every value in
 * them. {@code log-schema-2.db} is of the first release (commit a58422c); {@code log-schema-3.db}
 * is what commit be1a498 made of it.
 */
class LogUpgradeTest {

  private static final String MILL = "machining:line-1:mill-01";
  private static final long T0 = 1_795_176_000_000_000L;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"log-schema-2.db", "log-schema-3.db"})
  void logOfAnEarlierReleaseIsReadCompletely(String file) throws Exception {
    try (InputStream golden = getClass().getResourceAsStream(file)) {
      Files.write(directory.resolve("uplink.db"), Objects.requireNonNull(golden).readAllBytes());
    }
    try (RecordLog log = open()) {
      assertThat(log.positions().epoch()).isEqualTo(4397365040505450618L);
      assertThat(log.positions().progress(Lane.LIVE)).isEqualTo(new Progress(1, 1, 2));
      assertThat(log.positions().progress(Lane.BACKFILL)).isEqualTo(new Progress(0, 0, 3));
      assertThat(log.totals()).isEqualTo(new RecordLog.Totals(14, 4, 42));
      assertThat(log.positions().oldestBacklogOf(MILL)).isEqualTo(T0 + 20);

      assertThat(counts(log, Lane.LIVE)).containsExactly(3L);
      assertThat(counts(log, Lane.BACKFILL)).containsExactly(4L, 5L, 6L, 7L);
      LogRecord told = log.read(Lane.BACKFILL, 2, 1, 1 << 20).getFirst().content();
      SamplesLost loss = LossBook.read(told.payload());
      assertThat(loss.count()).isEqualTo(42);
      assertThat(loss.tags()).isNull();
      assertThat(told.priority()).isEqualTo(PriorityClass.EVENTS);
      assertThat(told.completeMicros()).isEqualTo(LogRecord.LAST_OF_GROUP);

      assertThat(
              log.declare(List.of(Alias.wanted(MILL, "count/good", 4, Map.of()))).getFirst().id())
          .isEqualTo(1);
      assertThat(log.retiredAliases())
          .extracting(Alias::name)
          .containsExactly("spindle/temperature", "stage/log/in");
    }
  }

  @Test
  void whatWasStoredBeforeTheUpgradeLeavesBehindIt() throws Exception {
    logOfAnEarlierReleaseIsReadCompletely("log-schema-2.db");
    try (RecordLog log = open()) {
      log.append(List.of(log.read(Lane.LIVE, 1, 1, 1000).getFirst().content()), Lane.LIVE, T0);
      assertThat(counts(log, Lane.LIVE)).containsExactly(3L, 3L);
      log.maintain(Map.of(), Lane.BACKFILL, T0);
      log.positions().confirm(log.positions().epoch(), Lane.LIVE, 3);
      log.positions().confirm(log.positions().epoch(), Lane.BACKFILL, 4);
      log.maintain(Map.of(), null, T0);

      assertThat(log.positions().unconfirmed(Lane.LIVE)).isZero();
      assertThat(log.positions().unconfirmed(Lane.BACKFILL)).isZero();
      assertThat(log.totals()).isEqualTo(new RecordLog.Totals(16, 16, 42));
    }
  }

  private RecordLog open() throws Exception {
    RecordLog.Settings settings =
        new RecordLog.Settings(
            new Bounds(1L << 30, 0), Duration.ofDays(14), "acme/graz/gw-1", Map.of());
    return RecordLog.open(directory, settings, () -> Instant.parse("2026-11-20T13:00:00Z"));
  }

  private static List<Long> counts(RecordLog log, Lane lane) throws Exception {
    List<Long> counts = new ArrayList<>();
    for (LogRecord.Stored record : log.read(lane, 0, 100, 1 << 20)) {
      if (record.content().kind() == LogRecord.Kind.SAMPLES) {
        List<Long> aliases = new ArrayList<>();
        StoredAliases.read(record.content().payload(), aliases::add);
        List<Metric> metrics = PayloadCodec.decode(record.content().payload()).metrics();
        assertThat(aliases).hasSameSizeAs(metrics).contains(1L, 2L);
        metrics.stream()
            .map(Metric::value)
            .filter(Long.class::isInstance)
            .forEach(value -> counts.add((Long) value));
      }
    }
    return counts;
  }
}
