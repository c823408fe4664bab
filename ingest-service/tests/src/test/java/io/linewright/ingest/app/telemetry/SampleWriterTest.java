package io.linewright.ingest.app.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.ingest.app.storage.SampleTable;
import io.linewright.ingest.app.telemetry.SampleWriter.Written;
import io.linewright.ingest.batch.BatchPlan;
import io.linewright.ingest.batch.SampleRow;
import io.linewright.kit.timeseries.SeriesStorage;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever way rows take into the table: each key is there once, with the value of the first. */
@ExtendWith(TestServers.class)
@SuppressWarnings("NullAway.Init") // set before each test
class SampleWriterTest {

  private static final LocalDate DAY = LocalDate.of(2026, 3, 1);
  private static final long BEGIN = DAY.atStartOfDay().toEpochSecond(ZoneOffset.UTC) * 1_000_000;
  private static final Instant STORED = Instant.parse("2026-03-02T00:00:00.123456Z");

  private final LastValues known = new LastValues();
  private final SampleWriter writer = new SampleWriter(known, false);
  private Connection connection;

  @BeforeEach
  void table(TestPostgres postgres) throws SQLException {
    connection = DriverManager.getConnection(postgres.createDatabase(), TestPostgres.USER, "");
    SeriesStorage plain = SeriesStorage.of("plain");
    plain.create(connection, SampleTable.DEFINITION);
    plain.ensureChunks(connection, SampleTable.DEFINITION, Set.of(DAY, DAY.plusDays(1)));
    connection.setAutoCommit(false);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void newRowsAreCopiedWithTheTimeOfStoring() throws SQLException {
    assertThat(write(row(1, 0, 1.5), row(1, 1, 2.5))).isEqualTo(new Written(2, List.of()));

    assertThat(
            text(
                "SELECT string_agg(number || '@' || (ingest_time AT TIME ZONE 'UTC'), ' ' ORDER BY"
                    + " number) FROM sample"))
        .isEqualTo("1.5@2026-03-02 00:00:00.123456 2.5@2026-03-02 00:00:00.123456");
  }

  @Test
  void lateRepeatedAndContradictingRowsBetweenNewOnesFindTheirWay() throws SQLException {
    write(row(1, 10, 1), row(1, 20, 2), row(2, 10, 3));

    Written written =
        write(
            row(1, 5, 7), // late
            row(1, 10, 1), // repeated
            row(1, 20, 9), // contradicts
            row(1, 30, 8), // new
            row(2, 9, 6), // late
            row(3, 1, 5)); // new tag

    assertThat(written).isEqualTo(new Written(4, List.of(row(1, 20, 9))));
    assertThat(stored()).isEqualTo("1@5=7 1@10=1 1@20=2 1@30=8 2@9=6 2@10=3 3@1=5");
  }

  @Test
  void rowsThatAnotherProcessHasStoredMeanwhileAreRepeats() throws SQLException {
    new SampleWriter(new LastValues(), false)
        .write(connection, List.of(row(1, 10, 1)), encoded(row(1, 10, 1)), STORED);
    connection.commit();

    assertThat(write(row(1, 10, 1), row(1, 11, 2))).isEqualTo(new Written(1, List.of()));
    assertThat(stored()).isEqualTo("1@10=1 1@11=2");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void theFirstOfEveryKeyStays(long seed) throws SQLException {
    Random random = new Random(seed);
    Map<List<Long>, Double> first = new HashMap<>();
    long inserted = 0;
    for (int batch = 0; batch < 40; batch++) {
      List<SampleRow> arrived = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        long second = Math.max(0, batch * 10L + random.nextInt(-30, 20)) * 400;
        arrived.add(row(1 + random.nextInt(4), second, random.nextInt(2)));
      }
      BatchPlan plan = BatchPlan.of(arrived);
      long contradicting = 0;
      long added = 0;
      for (SampleRow row : plan.rows()) {
        Double kept = first.putIfAbsent(key(row), number(row));
        added += kept == null ? 1 : 0;
        contradicting += kept != null && kept != number(row) ? 1 : 0;
      }

      Written written = write(plan.rows().toArray(new SampleRow[0]));

      assertThat(written.inserted()).as("seed %d, batch %d", seed, batch).isEqualTo(added);
      assertThat(written.conflicts()).hasSize((int) contradicting);
      inserted += added;
    }
    assertThat(text("SELECT count(*) FROM sample")).isEqualTo(Long.toString(inserted));
  }

  private Written write(SampleRow... rows) throws SQLException {
    Written written = writer.write(connection, List.of(rows), encoded(rows), STORED);
    connection.commit();
    known.committed(List.of(rows), 0);
    return written;
  }

  private static EncodedRows encoded(SampleRow... rows) {
    return CopyEncoder.encode(List.of(rows));
  }

  private String stored() throws SQLException {
    return text(
        "SELECT string_agg(tag_id || '@' || extract(epoch FROM source_time - '2026-03-01"
            + " 00:00Z')::int || '=' || number, ' ' ORDER BY tag_id, source_time) FROM sample");
  }

  private String text(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  private static List<Long> key(SampleRow row) {
    return List.of((long) row.tagId(), row.sample().sourceMicros());
  }

  private static double number(SampleRow row) {
    return row.sample().value() instanceof SampleValue.DoubleValue(double number) ? number : -1;
  }

  private static SampleRow row(int tag, long second, double value) {
    return new SampleRow(
        tag,
        new Sample(SampleValue.of(value), StatusCode.GOOD, BEGIN + second * 1_000_000, 0),
        BEGIN,
        0);
  }
}
