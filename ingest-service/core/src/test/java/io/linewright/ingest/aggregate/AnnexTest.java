package io.linewright.ingest.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.linewright.ingest.aggregate.AnnexTables.Historian;
import io.linewright.ingest.aggregate.AnnexTables.Row;
import io.linewright.ingest.aggregate.AnnexTables.Table;
import io.linewright.ingest.aggregate.config.Aggregate;
import io.linewright.ingest.aggregate.config.AggregateStatus;
import io.linewright.ingest.bucket.Bucket;
import io.linewright.ingest.bucket.FixedBuckets;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.SampleValue.BooleanValue;
import io.linewright.model.sample.SampleValue.BytesValue;
import io.linewright.model.sample.SampleValue.DoubleValue;
import io.linewright.model.sample.SampleValue.IntegerValue;
import io.linewright.model.sample.SampleValue.StringValue;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every row of every table of OPC UA part 13, annex A: value to half a unit of the last printed
 * decimal, status code, info bits and timestamp. Rows that are flagged in the test data as
 * contradicting their definition are compared with what the definition says.
 */
class AnnexTest {

  private static final int UNCERTAIN_DATA_SUB_NORMAL =
      AggregateStatus.UNCERTAIN_DATA_SUB_NORMAL.bits();

  @BeforeEach
  void theTablesAreThere() {
    assumeTrue(
        AnnexTables.areThere(),
        () -> "no tables in " + AnnexTables.directory() + "; LINEWRIGHT_DATA names their parent");
  }

  @Test
  void allTablesAndAggregatesAreCompared() {
    List<Table> tables = AnnexTables.read().tables();
    Set<Aggregate> aggregates = EnumSet.noneOf(Aggregate.class);
    tables.forEach(t -> aggregates.add(t.aggregate()));

    assertThat(tables).hasSize(159);
    assertThat(tables.stream().mapToInt(t -> t.rows().size()).sum()).isEqualTo(1_393);
    assertThat(aggregates).isEqualTo(EnumSet.allOf(Aggregate.class));
  }

  @TestFactory
  Stream<DynamicTest> table() {
    AnnexTables annex = AnnexTables.read();
    return annex.tables().stream().map(t -> dynamicTest(t.id(), () -> compare(annex, t)));
  }

  private static void compare(AnnexTables annex, Table table) {
    List<AggregateValue> computed = computed(annex.historian(table.historian()), table);
    assertThat(computed).hasSameSizeAs(table.rows());
    List<String> differences = new ArrayList<>();
    for (Row printed : table.rows()) {
      Row row = printed.flagged() ? defined(annex, table, printed) : printed;
      AggregateValue value = computed.get(row.index());
      if (!equal(row, value)) {
        differences.add("row %d must be %s but is %s".formatted(row.index(), row, value));
      }
    }
    assertThat(differences).isEmpty();
  }

  private static List<AggregateValue> computed(Historian historian, Table table) {
    Iterator<Bucket> buckets =
        new FixedBuckets(0, table.intervalMicros()).between(0, AnnexTables.END_MICROS);
    Iterator<AggregateValue> values =
        table.aggregate() == Aggregate.ANNOTATION_COUNT
            ? Aggregates.annotationCount(
                table.configuration(),
                buckets,
                historian.samples().iterator(),
                historian.annotationMicros().stream().mapToLong(Long::longValue).iterator())
            : Aggregates.over(
                table.aggregate(), table.configuration(), buckets, historian.samples().iterator());
    List<AggregateValue> list = new ArrayList<>();
    values.forEachRemaining(list::add);
    return list;
  }

  private static boolean equal(Row row, AggregateValue value) {
    Double expected = row.value();
    Double actual = number(value.value());
    // Half a unit of the last printed decimal, and what binary fractions lose
    double tolerance = 0.5 * Math.pow(10, -row.decimals()) * (1 + 1e-9);
    boolean sameValue =
        expected == null || actual == null
            ? expected == null && actual == null
            : Math.abs(expected - actual) <= tolerance;
    return sameValue
        && row.micros() == value.micros()
        && row.code() == AggregateStatus.code(value.status()).bits()
        && row.info() == AggregateStatus.info(value.status());
  }

  private static @Nullable Double number(@Nullable SampleValue value) {
    return switch (value) {
      case null -> null;
      case BooleanValue(boolean truth) -> truth ? 1.0 : 0.0;
      case IntegerValue(long whole) -> (double) whole;
      case DoubleValue(double number) -> number;
      case StringValue text -> throw new IllegalStateException("no table has a text: " + text);
      case BytesValue bytes -> throw new IllegalStateException("no table has bytes: " + bytes);
    };
  }

  /** What a flagged row ought to be. */
  private static Row defined(AnnexTables annex, Table table, Row row) {
    return switch (table.flag()) {
      case "sloped_although_stepped_and_differs_from_Total" -> {
        Row total = annex.table(Aggregate.TOTAL, table.historian()).row(row.index());
        double seconds = row.index() == 0 ? 3 : 5; // the first value comes after 2 s
        Double value = total.value();
        yield with(row, value == null ? null : value / seconds, total.code());
      }
      case "uncertain_above_maximum_but_status_Good" ->
          with(row, row.value(), UNCERTAIN_DATA_SUB_NORMAL);
      case "counts_raw_records_not_annotations" -> {
        long from = row.index() * table.intervalMicros();
        Bucket bucket = new Bucket(from, from + table.intervalMicros());
        List<Long> annotations = annex.historian(table.historian()).annotationMicros();
        yield with(row, (double) annotations.stream().filter(bucket::contains).count(), row.code());
      }
      case "good_plus_bad_not_100_percent" ->
          with(row, table.aggregate() == Aggregate.DURATION_BAD ? 3_000.0 : 30.0, row.code());
      case "one_ms_tail" -> with(row, withoutTail(table, row), row.code());
      default -> throw new IllegalArgumentException("unknown flag " + table.flag());
    };
  }

  /**
   * The last value at 12:01:30 ends the data, it does not last 1 ms. Total2 is another matter:
   * there it is the only value of its interval and stands at its start, and clause 5.4.2.4 gives it
   * one unit of time.
   */
  private static double withoutTail(Table table, Row row) {
    Double printed = row.value();
    if (printed == null) {
      throw new IllegalArgumentException("a flagged row without value: " + row);
    }
    return switch (table.aggregate()) {
      case TOTAL2 -> printed;
      case PERCENT_GOOD -> 70;
      case PERCENT_BAD -> 30;
      default -> printed - 1;
    };
  }

  private static Row with(Row row, @Nullable Double value, int code) {
    return new Row(
        row.index(), row.micros(), value, row.decimals(), code, row.info(), row.flagged());
  }
}
