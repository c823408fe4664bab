package io.linewright.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.SampleValue.BooleanValue;
import io.linewright.model.sample.SampleValue.DoubleValue;
import io.linewright.model.sample.SampleValue.IntegerValue;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PlantDayTest {

  private static final long BEGIN = 1_770_000_000_000_000L;
  private static final long STEP = 20_000_000L;
  private static final int SLOW = 0;
  private static final int NOISY = 8;
  private static final int COUNTER = 14;
  private static final int STATE = 17;

  private record Row(int tag, long micros, SampleValue value, long gateway, long ingest) {}

  @Test
  void theSameSeedGivesTheSameDay() throws SQLException {
    assertThat(day(3)).isEqualTo(day(3)).isNotEqualTo(day(4));
  }

  @Test
  void eachTagHasItsTypeAndReportsWhatHasChanged() throws SQLException {
    List<Row> rows = day(1);

    assertThat(of(rows, SLOW)).allMatch(DoubleValue.class::isInstance);
    assertThat(of(rows, NOISY)).allMatch(DoubleValue.class::isInstance);
    assertThat(of(rows, COUNTER)).allMatch(IntegerValue.class::isInstance);
    assertThat(of(rows, STATE)).allMatch(BooleanValue.class::isInstance);
    assertThat(of(rows, NOISY)).hasSize(86_400 / 20 - 1);
    assertThat(of(rows, STATE)).hasSizeBetween(80, 200);
    for (int tag : List.of(COUNTER, STATE)) {
      List<SampleValue> values = of(rows, tag);
      for (int i = 1; i < values.size(); i++) {
        assertThat(values.get(i)).isNotEqualTo(values.get(i - 1));
      }
    }
    assertThat(of(rows, SLOW).size()).isLessThan(of(rows, NOISY).size());
  }

  @Test
  void timesAreThoseOfMachines() throws SQLException {
    List<Row> rows = day(1);
    List<Long> noisy = rows.stream().filter(row -> row.tag() == NOISY).map(Row::micros).toList();
    List<Long> steps = new ArrayList<>();
    for (int i = 1; i < noisy.size(); i++) {
      steps.add(noisy.get(i) - noisy.get(i - 1));
    }

    assertThat(steps).allSatisfy(step -> assertThat(step).isBetween(STEP - 40_000, STEP + 40_000));
    assertThat(steps.stream().distinct().count()).isGreaterThan(steps.size() / 2);
    assertThat(rows)
        .allSatisfy(
            row -> {
              assertThat(row.gateway() - row.micros()).isBetween(0L, 300_000L);
              assertThat(row.ingest()).isGreaterThan(row.gateway());
              assertThat(row.micros()).isBetween(BEGIN, BEGIN + 86_400_000_000L);
            });
  }

  @Test
  void rowsOfARecordShareItsTimeAndThoseOfACommitItsTime() throws SQLException {
    List<Row> rows = day(1);
    long records = rows.stream().map(Row::gateway).distinct().count();
    long commits = rows.stream().map(Row::ingest).distinct().count();

    assertThat(rows.size()).isGreaterThan((int) (5 * records));
    assertThat(commits).isBetween(records / 4, records);
    assertThat(
            rows.stream()
                .collect(
                    Collectors.groupingBy(
                        Row::gateway, Collectors.mapping(Row::ingest, Collectors.toSet()))))
        .allSatisfy((gateway, ingests) -> assertThat(ingests).hasSize(1));
  }

  private static List<SampleValue> of(List<Row> rows, int tag) {
    return rows.stream().filter(row -> row.tag() == tag).map(Row::value).toList();
  }

  private static List<Row> day(long seed) throws SQLException {
    List<Row> rows = new ArrayList<>();
    new PlantDay(2, BEGIN, STEP, seed)
        .write(
            (tag, micros, value, gateway, ingest) ->
                rows.add(new Row(tag, micros, value, gateway, ingest)));
    return rows;
  }
}
