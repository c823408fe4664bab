package io.linewright.edge.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.edge.app.log.loss.LossBook;
import io.linewright.edge.app.log.loss.SetAsideShelf;
import io.linewright.edge.app.sparkplug.SampleMetrics;
import io.linewright.edge.log.Bounds;
import io.linewright.edge.log.PriorityClass;
import io.linewright.edge.sparkplug.SparkplugType;
import io.linewright.model.event.SamplesLost;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.model.telemetry.Lane;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which records go when the log is full, and what is told of them. */
class LogPriorityTest {

  private static final String MILL = "machining:line-1:mill-01";
  private static final String MILL_PATH = "acme/graz/machining/line-1/mill-01";
  private static final Bounds ONE_MEBIBYTE = new Bounds(1 << 20, 0);
  private static final int BIG = 8_000;

  @TempDir Path directory;
  private final AtomicLong usable = new AtomicLong(Long.MAX_VALUE);
  private final Instant now = Instant.parse("2026-11-20T12:00:00Z");
  private final long t0 = LossBook.micros(now);

  @Test
  void eventsOutliveNewerSamples() throws Exception {
    try (RecordLog log = open(ONE_MEBIBYTE)) {
      List<Long> events = new ArrayList<>();
      for (int i = 0; i < 600; i++) {
        PriorityClass priority = i % 10 == 0 ? PriorityClass.EVENTS : PriorityClass.SAMPLES;
        store(log, Lane.BACKFILL, record(i, priority, priority == PriorityClass.EVENTS ? 50 : BIG));
        if (priority == PriorityClass.EVENTS) {
          events.add((long) i);
        }
      }

      List<LogRecord.Stored> kept = read(log, Lane.BACKFILL);
      assertThat(sources(kept, PriorityClass.EVENTS)).isEqualTo(events);
      assertThat(sources(kept, PriorityClass.SAMPLES)).hasSizeLessThan(140).contains(599L);
      assertThat(log.usedBytes()).isLessThanOrEqualTo(1 << 20);
      assertThat(log.positions().unconfirmed(Lane.BACKFILL)).isEqualTo(kept.size());
      assertThat(log.totals().lost()).isEqualTo(600 - kept.size());
    }
  }

  @Test
  void oldestEventsGoWhenOnlyEventsAreLeft() throws Exception {
    try (RecordLog log = open(ONE_MEBIBYTE)) {
      for (int i = 0; i < 300; i++) {
        store(log, Lane.BACKFILL, record(i, PriorityClass.EVENTS, BIG));
      }

      List<Long> kept = sources(read(log, Lane.BACKFILL), PriorityClass.EVENTS);
      assertThat(kept).isNotEmpty().contains(299L).doesNotContain(0L);
      assertThat(kept).isSorted().hasSize((int) (299 - kept.getFirst() + 1));
    }
  }

  @Test
  void holesSurviveARestartAndPassWithTheConfirmation() throws Exception {
    long records;
    try (RecordLog log = open(ONE_MEBIBYTE)) {
      for (int i = 0; i < 400; i++) {
        store(log, Lane.BACKFILL, record(i, PriorityClass.EVENTS, 50));
        store(log, Lane.BACKFILL, record(i, PriorityClass.SAMPLES, BIG));
      }
      records = log.positions().unconfirmed(Lane.BACKFILL);
      assertThat(records).isBetween(401L, 799L);
      log.maintain(Map.of(), null, t0);
    }
    try (RecordLog log = open(ONE_MEBIBYTE)) {
      assertThat(log.positions().unconfirmed(Lane.BACKFILL)).isEqualTo(records);
      List<LogRecord.Stored> kept = read(log, Lane.BACKFILL);
      assertThat(kept).hasSize((int) records);
      long last = kept.getLast().position();
      log.positions().confirm(log.positions().epoch(), Lane.BACKFILL, last);
      log.maintain(Map.of(), null, t0);
      assertThat(log.positions().unconfirmed(Lane.BACKFILL)).isZero();
      assertThat(log.totals().in()).isEqualTo(log.totals().out() + log.totals().lost());
    }
  }

  @Test
  void whatIsUnderWayGoesLast() throws Exception {
    try (RecordLog log = open(ONE_MEBIBYTE)) {
      store(log, Lane.BACKFILL, record(0, PriorityClass.SAMPLES, BIG));
      store(log, Lane.BACKFILL, record(1, PriorityClass.SAMPLES, BIG));
      assertThat(log.read(Lane.BACKFILL, 0, 2, 1 << 20)).hasSize(2); // the sending thread has them
      for (int i = 2; i < 200; i++) {
        store(log, Lane.BACKFILL, record(i, PriorityClass.SAMPLES, BIG));
      }

      assertThat(sources(read(log, Lane.BACKFILL), PriorityClass.SAMPLES))
          .startsWith(0L, 1L)
          .doesNotContain(2L);
      log.positions().beginAnew(Lane.BACKFILL);
      for (int i = 200; i < 400; i++) {
        store(log, Lane.BACKFILL, record(i, PriorityClass.SAMPLES, BIG));
      }
      assertThat(sources(read(log, Lane.BACKFILL), PriorityClass.SAMPLES)).doesNotContain(0L, 1L);
    }
  }

  @Test
  void confirmedRecordsGoBeforeAnythingIsDropped() throws Exception {
    try (RecordLog log = open(ONE_MEBIBYTE)) {
      for (int i = 0; i < 100; i++) {
        store(log, Lane.LIVE, record(i, PriorityClass.SAMPLES, BIG));
      }
      log.positions().confirm(log.positions().epoch(), Lane.LIVE, 100);
      for (int i = 100; i < 200; i++) {
        store(log, Lane.LIVE, record(i, PriorityClass.SAMPLES, BIG));
      }

      assertThat(log.totals()).isEqualTo(new RecordLog.Totals(200, 100, 0));
      assertThat(read(log, Lane.LIVE)).hasSize(100);
    }
  }

  @Test
  void lossNamesItsTags() throws Exception {
    try (RecordLog log = open(ONE_MEBIBYTE)) {
      List<Alias> wanted = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        String name = "signal/%03d".formatted(i);
        wanted.add(Alias.wanted(MILL, name, SparkplugType.INT64.number(), Map.of()));
      }
      List<Alias> given = log.declare(wanted);
      SampleMetrics metrics = new SampleMetrics();
      for (Alias alias : given) {
        Sample sample = new Sample(SampleValue.of(1L), StatusCode.GOOD, t0, 0);
        metrics.add(alias.id(), DataType.INTEGER, sample, 0, false);
      }
      store(log, Lane.BACKFILL, LogRecord.of(MILL, PriorityClass.SAMPLES, metrics));
      log.makeRoom(0, t0 + 1, false);

      SamplesLost loss = losses(log).getFirst();
      assertThat(loss.equipment()).isEqualTo(MILL_PATH);
      assertThat(loss.count()).isEqualTo(60);
      assertThat(loss.tags()).hasSize(50).startsWith("signal/000").endsWith("signal/049");
      assertThat(loss.tagCount()).isEqualTo(60);
    }
  }

  @Test
  void diskThatIsFullForOthersCostsOnlyWhatIsOldest() throws Exception {
    try (RecordLog log = open(new Bounds(1L << 30, 100_000))) {
      for (int i = 0; i < 100; i++) {
        store(log, Lane.BACKFILL, record(i, PriorityClass.SAMPLES, BIG));
      }
      usable.set(50_000); // others have filled the disk
      for (int i = 100; i < 150; i++) {
        store(log, Lane.BACKFILL, record(i, PriorityClass.SAMPLES, BIG));
      }
      List<Long> kept = sources(read(log, Lane.BACKFILL), PriorityClass.SAMPLES);
      assertThat(kept).contains(149L).doesNotContain(0L);
      assertThat(log.totals().lost()).isEqualTo(150 - kept.size()).isPositive();

      usable.set(Long.MAX_VALUE);
      long lost = log.totals().lost();
      store(log, Lane.BACKFILL, record(150, PriorityClass.SAMPLES, BIG));
      assertThat(log.totals().lost()).isEqualTo(lost);
    }
  }

  @Test
  void recordSetAsideIsALossWithItsBytesKept() throws Exception {
    try (RecordLog log = open(ONE_MEBIBYTE)) {
      for (int i = 0; i < 3; i++) {
        store(log, Lane.LIVE, record(i, PriorityClass.SAMPLES, 100));
      }
      assertThat(log.setAside(Lane.LIVE, 2, "test")).isTrue();
      assertThat(log.setAside(Lane.LIVE, 2, "test")).isFalse();

      assertThat(log.setAsideRecords()).isEqualTo(1);
      assertThat(log.positions().unconfirmed(Lane.LIVE)).isEqualTo(2);
      assertThat(sources(read(log, Lane.LIVE), PriorityClass.SAMPLES)).containsExactly(0L, 2L);
      assertThat(losses(log))
          .singleElement()
          .satisfies(
              loss -> {
                assertThat(loss.count()).isEqualTo(1);
                assertThat(loss.reason()).contains("set aside: test");
              });
    }
    try (RecordLog again = open(ONE_MEBIBYTE)) {
      assertThat(again.setAsideRecords()).isEqualTo(1);
    }
  }

  @Test
  void shelfIsBounded() throws Exception {
    try (RecordLog log = open(new Bounds(1L << 30, 0))) {
      for (int i = 0; i < SetAsideShelf.MAX_RECORDS + 5; i++) {
        store(log, Lane.LIVE, record(i, PriorityClass.SAMPLES, 10));
        log.setAside(Lane.LIVE, i + 1, "test");
      }
      assertThat(log.setAsideRecords()).isEqualTo(SetAsideShelf.MAX_RECORDS);
    }
  }

  @Test
  void deviceIsCompleteOnlyWithTheLastRecordOfItsGroup() {
    LogRecord first = record(10, PriorityClass.EVENTS, 1);
    LogRecord second = record(5, PriorityClass.SAMPLES, 1);
    LogRecord third = record(7, PriorityClass.SAMPLES, 1);

    assertThat(LogRecord.completed(List.of(first, second, third)))
        .extracting(LogRecord::completeMicros)
        .containsExactly(4L, 6L, LogRecord.LAST_OF_GROUP);
  }

  private RecordLog open(Bounds bounds) throws Exception {
    RecordLog.Settings settings =
        new RecordLog.Settings(
            bounds,
            Duration.ofDays(14),
            "acme/graz/gw-1",
            Map.of(MILL, MILL_PATH),
            path -> usable.get());
    return RecordLog.open(directory, settings, () -> now);
  }

  private void store(RecordLog log, Lane lane, LogRecord record) throws Exception {
    assertThat(log.makeRoom(record.payload().length, Long.MIN_VALUE, false)).isTrue();
    log.append(List.of(record), lane, t0);
  }

  private static LogRecord record(long source, PriorityClass priority, int bytes) {
    return new LogRecord(
        MILL,
        LogRecord.Kind.SAMPLES,
        1,
        source,
        source,
        new byte[bytes],
        priority,
        LogRecord.LAST_OF_GROUP);
  }

  /** All records, without the sending thread's mark. */
  private static List<LogRecord.Stored> read(RecordLog log, Lane lane) throws Exception {
    List<LogRecord.Stored> records = log.read(lane, 0, 10_000, 1L << 30);
    log.positions().beginAnew(lane);
    return records;
  }

  private static List<Long> sources(List<LogRecord.Stored> records, PriorityClass priority) {
    return records.stream()
        .map(LogRecord.Stored::content)
        .filter(record -> record.kind() == LogRecord.Kind.SAMPLES)
        .filter(record -> record.priority() == priority)
        .map(LogRecord::firstSourceMicros)
        .toList();
  }

  private List<SamplesLost> losses(RecordLog log) throws Exception {
    log.maintain(Map.of(), Lane.BACKFILL, t0);
    List<SamplesLost> losses = new ArrayList<>();
    for (LogRecord.Stored record : log.read(Lane.BACKFILL, 0, 1000, 1 << 24)) {
      if (record.content().kind() == LogRecord.Kind.LOSS) {
        losses.add(LossBook.read(record.content().payload()));
      }
    }
    return losses;
  }
}
