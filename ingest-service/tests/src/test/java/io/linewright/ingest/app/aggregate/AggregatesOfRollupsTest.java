package io.linewright.ingest.app.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.linewright.ingest.aggregate.AggregateValue;
import io.linewright.ingest.aggregate.config.Aggregate;
import io.linewright.ingest.aggregate.config.AggregateConfiguration;
import io.linewright.ingest.aggregate.tally.Tally;
import io.linewright.ingest.app.HistorianParameter;
import io.linewright.ingest.app.SharedHistorian;
import io.linewright.ingest.app.aggregate.RollupTotals.Kept;
import io.linewright.ingest.app.answer.TimeRange;
import io.linewright.ingest.app.answer.View;
import io.linewright.ingest.app.bulkhead.HeavyReads;
import io.linewright.ingest.app.history.Histories;
import io.linewright.ingest.app.history.TagHistory;
import io.linewright.ingest.app.rollup.DirtyMarks;
import io.linewright.ingest.app.rollup.RollupWorker;
import io.linewright.ingest.app.storage.SampleTable;
import io.linewright.ingest.app.truth.Truth;
import io.linewright.ingest.bucket.Bucket;
import io.linewright.ingest.bucket.FixedBuckets;
import io.linewright.ingest.downsample.SampleNumber;
import io.linewright.ingest.rollup.Level;
import io.linewright.kit.fault.FaultPoints;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.sample.StatusCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Aggregates that are made of roll-ups here and of samples there are those of the samples: twelve
 * hours of a value a second, one of them marked, with a value that no roll-up knows, one Uncertain.
 */
@ExtendWith(HistorianParameter.class)
@SuppressWarnings("NullAway.Init") // set before the test
class AggregatesOfRollupsTest {

  private static final String MILL = "acme/graz/machining/line-1/mixed-01";
  private static final TagKey TAG = TagKey.parse(MILL + "#power");
  private static final TimeRange RANGE =
      new TimeRange(micros("2025-04-07T18:00:00Z"), micros("2025-04-08T06:00:00Z"));

  /** No worker takes marks of an epoch that has not begun. */
  private static final long NEVER = 1L << 40;

  private static final List<Aggregate> KNOWN =
      Arrays.stream(Aggregate.values()).filter(Tally::knows).toList();

  private DataSource dataSource;
  private JdbcClient jdbc;
  private Histories histories;
  private RollupTotals totals;
  private AggregatePlanner planner;
  private int tagId;

  @BeforeEach
  void start(SharedHistorian historian) {
    var context = historian.service().context();
    dataSource = context.getBean(DataSource.class);
    jdbc = context.getBean(JdbcClient.class);
    histories = context.getBean(Histories.class);
    totals = new RollupTotals(dataSource);
    planner = new AggregatePlanner(totals, context.getBean(HeavyReads.class));
    context
        .getBean(SampleTable.class)
        .ensure(List.of(LocalDate.of(2025, 4, 7), LocalDate.of(2025, 4, 8)));
  }

  @Test
  void bucketsOfRollupsAndOfSamplesAreOneAnswer() throws Exception {
    store();
    mark(RANGE.fromMicros() - Level.HOUR.micros(), RANGE.toMicros() + Level.HOUR.micros());
    sweep();
    lateValue("2025-04-07T23:30:00.5Z", "2025-04-08T12:00:00Z");
    jdbc.sql(
            "INSERT INTO rollup_dirty (level, tag_id, from_bucket, to_bucket, epoch)"
                + " VALUES (0, ?, ?, ?, ?)")
        .params(
            tagId,
            Level.MINUTE.numberOf(micros("2025-04-07T23:00:00Z")),
            Level.MINUTE.numberOf(micros("2025-04-08T00:00:00Z")),
            NEVER)
        .update();

    compare(1);
    compare(2);
    compare(4);
    costsAreThoseOfReading();
    minutesAreReadOnlyIfTheyAreFewerThanSamples();
    whatComesMeanwhileIsNotInTheAnswer();
    jdbc.sql(
            "INSERT INTO raw_retained (tag_id, raw_from, deleted_to)"
                + " VALUES (?, '2025-04-08T00:00:00Z', '2025-04-08T00:00:00Z')")
        .param(tagId)
        .update();
    compare(1);
    assertThat(toBeRead(RANGE, Level.HOUR.micros(), Aggregate.COUNT)).isZero();

    jdbc.sql("DELETE FROM raw_retained WHERE tag_id = ?").param(tagId).update();
    jdbc.sql("UPDATE rollup_dirty SET epoch = 0 WHERE epoch = ?").param(NEVER).update();
  }

  private void costsAreThoseOfReading() {
    long hour = Level.HOUR.micros();
    assertThat(toBeRead(RANGE, hour, Aggregate.TIME_AVERAGE)).isEqualTo(43_200);
    assertThat(toBeRead(RANGE, hour, Aggregate.COUNT)).as("the marked hour").isEqualTo(3_600);
    assertThat(toBeRead(RANGE, hour, Aggregate.TIME_AVERAGE, Aggregate.TOTAL))
        .as("one reading for both")
        .isEqualTo(43_200);
    assertThat(toBeRead(RANGE, 12 * hour, Aggregate.TIME_AVERAGE, Aggregate.TOTAL))
        .as("the bucket is not kept until the second comes")
        .isEqualTo(86_400);
    assertThat(toBeRead(RANGE, hour, Aggregate.COUNT, Aggregate.TIME_AVERAGE))
        .as("other stretches")
        .isEqualTo(46_800);
    // Four buckets of two hours, an hour of each and a question for it
    long least = 2 * 7_200 + 4 * 4_600;
    assertThat(toBeRead(RANGE, 2 * hour, Aggregate.MINIMUM)).isEqualTo(least);
    assertThat(toBeRead(RANGE, 2 * hour, Aggregate.MINIMUM, Aggregate.MINIMUM_ACTUAL_TIME))
        .isEqualTo(least);
    assertThat(toBeRead(RANGE, 2 * hour, Aggregate.MINIMUM, Aggregate.MAXIMUM))
        .isEqualTo(least + 4 * 4_600);
  }

  /** Three quarters of an hour are made of minutes. */
  private void minutesAreReadOnlyIfTheyAreFewerThanSamples() {
    long width = 45 * Level.MINUTE.micros();
    long day = Level.DAY.micros();
    TimeRange five = new TimeRange(RANGE.fromMicros() - 2 * day, RANGE.fromMicros() + 3 * day);
    TimeRange ten = new TimeRange(five.fromMicros() - 5 * day, five.toMicros());
    long all = totals.kept(tagId, ten.fromMicros(), ten.toMicros()).samples();
    assertThat(all).isEqualTo(43_320);
    assertThat(toBeRead(five, width, Aggregate.COUNT)).isLessThan(10_000);
    assertThat(toBeRead(ten, width, Aggregate.COUNT)).isEqualTo(all);
  }

  /** A least value that was stored after the answer had begun is in roll-ups when it is planned. */
  private void whatComesMeanwhileIsNotInTheAnswer() throws Exception {
    AggregateQuestion question = question(RANGE, 2 * Level.HOUR.micros(), Aggregate.MINIMUM);
    List<TagHistory> opened = open(question);
    lateValue("2025-04-07T18:05:00.5Z", "now");
    mark(micros("2025-04-07T18:05:00Z"), micros("2025-04-07T18:06:00Z"));
    sweep();
    AggregatePlan plan = planner.plans(question, opened, Truth.EFFECTIVE).getFirst();
    assertThat(plan.toBeRead(kept(RANGE), question.aggregates())).isLessThan(43_000);
    AggregateValue found = plan.run(Aggregate.MINIMUM).next();
    AggregateValue expected =
        planner.plans(question, opened, Truth.RAW).getFirst().run(Aggregate.MINIMUM).next();
    assertThat(found).isEqualTo(expected);
    assertThat(SampleNumber.of(found.value())).isZero();
    AggregateValue later =
        planner
            .plans(question, open(question), Truth.EFFECTIVE)
            .getFirst()
            .run(Aggregate.MINIMUM)
            .next();
    assertThat(SampleNumber.of(later.value())).isEqualTo(-7);
  }

  /** All aggregates side by side, as an answer has them. */
  private void compare(int hours) {
    AggregateQuestion question =
        question(RANGE, hours * Level.HOUR.micros(), KNOWN.toArray(Aggregate[]::new));
    List<Iterator<AggregateValue>> found = runs(question, Truth.EFFECTIVE);
    List<Iterator<AggregateValue>> expected = runs(question, Truth.RAW);
    for (int bucket = 0; bucket < 12 / hours; bucket++) {
      for (int i = 0; i < KNOWN.size(); i++) {
        same(found.get(i).next(), expected.get(i).next(), KNOWN.get(i) + " " + bucket);
      }
    }
    assertThat(found).noneMatch(Iterator::hasNext);
  }

  /**
   * @param planned what came is not rolled up: all of it is computed of samples
   */
  private List<Iterator<AggregateValue>> runs(AggregateQuestion question, Truth planned) {
    AggregatePlan plan = planner.plans(question, open(question), planned).getFirst();
    return question.aggregates().stream().map(plan::run).toList();
  }

  private static void same(AggregateValue found, AggregateValue expected, String as) {
    Bucket bucket = expected.bucket();
    assertThat(found.bucket()).as(as).isEqualTo(bucket);
    assertThat(found.micros()).as(as).isEqualTo(expected.micros());
    assertThat(found.status()).as(as).isEqualTo(expected.status());
    assertThat(found.percentGood()).as(as).isCloseTo(expected.percentGood(), within(1e-9));
    if (expected.value() == null) {
      assertThat(found.value()).as(as).isNull();
    } else {
      assertThat(SampleNumber.of(found.value()))
          .as(as)
          .isCloseTo(SampleNumber.of(expected.value()), within(1e-9));
    }
  }

  private long toBeRead(TimeRange range, long width, Aggregate... aggregates) {
    AggregateQuestion question = question(range, width, aggregates);
    return planner
        .plans(question, open(question), Truth.EFFECTIVE)
        .getFirst()
        .toBeRead(kept(range), question.aggregates());
  }

  private Kept kept(TimeRange range) {
    return totals.kept(tagId, range.fromMicros(), range.toMicros());
  }

  private static AggregateQuestion question(TimeRange range, long width, Aggregate... aggregates) {
    return new AggregateQuestion(
        List.of(TAG),
        range,
        new FixedBuckets(RANGE.fromMicros(), width),
        List.of(aggregates),
        AggregateConfiguration.DEFAULT,
        null);
  }

  private List<TagHistory> open(AggregateQuestion question) {
    return histories.inTurn(
        question.tags(), Truth.EFFECTIVE, new View(false, null), question.range());
  }

  /** The tag was in another unit before: that is shown with it, but not in the range. */
  private void store() {
    jdbc.sql("INSERT INTO tag (path, name, type, unit) VALUES (?, 'power', 'double', 'W')")
        .param(MILL)
        .update();
    tagId = jdbc.sql("SELECT id FROM tag WHERE path = ?").param(MILL).query(Integer.class).single();
    jdbc.sql(
            """
            INSERT INTO tag_version (tag_id, version, valid_from, type, unit)
            VALUES (?, 1, NULL, 'double', 'kW'), (?, 2, '2024-01-01T00:00:00Z', 'double', 'W')
            """)
        .params(tagId, tagId)
        .update();
    jdbc.sql("UPDATE registry_state SET revision = revision + 1").update();
    jdbc.sql(
            """
            INSERT INTO sample (tag_id, source_time, ordinal, status, number, gateway_time, ingest_time)
            SELECT ?, at, 0,
              CASE WHEN n = 4260 THEN %d WHEN at >= '2025-04-08T04:00:00Z' AND at < '2025-04-08T05:00:00Z'
                THEN %d ELSE 0 END,
              CASE WHEN n <> 4260 THEN (n * 7919 %% 1000) / 8.0 END, at, '2025-04-08T12:00:00Z'
            FROM (SELECT n, '2025-04-07T17:59:00Z'::timestamptz + n * interval '1 second' AS at
                  FROM generate_series(0, 43319) n) s
            """
                .formatted(
                    StatusCode.BAD_NO_COMMUNICATION.bits(),
                    StatusCode.UNCERTAIN_LAST_USABLE_VALUE.bits()))
        .param(tagId)
        .update();
    AggregateQuestion question = question(RANGE, Level.HOUR.micros(), Aggregate.COUNT);
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .until(() -> open(question).getFirst().parts().size() == 2);
  }

  private void lateValue(String at, String stored) {
    jdbc.sql(
            """
            INSERT INTO sample (tag_id, source_time, ordinal, status, number, gateway_time, ingest_time)
            VALUES (?, ?::timestamptz, 0, 0, -7, now(), ?::timestamptz)
            """)
        .params(tagId, at, stored)
        .update();
  }

  private void mark(long from, long to) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      DirtyMarks.mark(connection, tagId, from, to);
    }
  }

  /** The historian's own worker may be at it. */
  private void sweep() {
    RollupWorker worker =
        new RollupWorker(dataSource, Duration.ZERO, FaultPoints.none(), InstantSource.system());
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              worker.sweep();
              return jdbc.sql("SELECT count(*) FROM rollup_dirty WHERE tag_id = ? AND epoch <> ?")
                      .params(tagId, NEVER)
                      .query(Long.class)
                      .single()
                  == 0;
            });
  }

  private static long micros(String time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(time));
  }
}
