package io.linewright.ingest.app.retention;

import io.linewright.ingest.app.storage.SampleTable;
import io.linewright.ingest.retention.Keep;
import io.linewright.kit.timeseries.SeriesStorage;
import io.linewright.model.equipment.DataClass;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the tables of values take, and from when on they have them. */
final class StorageState {

  private static final List<String> ROLLUPS = List.of("rollup_minute", "rollup_hour", "rollup_day");

  private static final String SIZE =
      """
      /* read */ SELECT pg_total_relation_size(c.oid), greatest(c.reltuples, 0)::bigint
      FROM pg_class c WHERE c.oid = ?::regclass
      """;

  private static final String CLASSES =
      """
      /* read */ SELECT t.data_class, count(*), max(k.raw_from),
        count(*) FILTER (WHERE k.deleted_to < k.raw_from)
      FROM tag t LEFT JOIN raw_retained k ON k.tag_id = t.id GROUP BY t.data_class
      """;

  /**
   * A table.
   *
   * @param rows estimate of the database; 0 until it has looked at it
   */
  record Table(String name, long bytes, long rows) {}

  /**
   * A data class.
   *
   * @param keep at least so long; null: for ever
   * @param acceptedFrom older samples are set aside, and their corrections refused; null: all are
   *     taken. A tag that was in another class before may have lost more
   * @param tags how many it has
   * @param goneBefore samples before it have gone or go now, of one of its tags at least; null:
   *     none
   * @param waiting how many of its tags have samples that are still to go
   */
  record OfClass(
      String dataClass,
      @Nullable Duration keep,
      @Nullable Instant acceptedFrom,
      long tags,
      @Nullable Instant goneBefore,
      long waiting) {}

  private final JdbcClient jdbc;
  private final SampleTable table;
  private final RetentionSettings settings;
  private final InstantSource clock;

  StorageState(
      JdbcClient jdbc, SampleTable table, RetentionSettings settings, InstantSource clock) {
    this.jdbc = jdbc;
    this.table = table;
    this.settings = settings;
    this.clock = clock;
  }

  String flavour() {
    return table.flavour();
  }

  List<LocalDate> days() {
    return table.days();
  }

  /** Null: for ever. */
  @Nullable Duration rollups() {
    return settings.rollups().isZero() ? null : settings.rollups();
  }

  int uncompressed() {
    return table.uncompressed();
  }

  /** Null: never. */
  @Nullable Duration compressAfter() {
    return settings.compressAfter().isZero() ? null : settings.compressAfter();
  }

  List<Table> tables() {
    List<Table> tables = new ArrayList<>();
    SeriesStorage.Size samples = table.size();
    tables.add(new Table(SampleTable.DEFINITION.name(), samples.bytes(), samples.rows()));
    for (String name : ROLLUPS) {
      tables.add(
          jdbc.sql(SIZE)
              .param(name)
              .query((row, n) -> new Table(name, row.getLong(1), row.getLong(2)))
              .single());
    }
    return tables;
  }

  /** Every class, also those without tags. */
  List<OfClass> classes() {
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    Map<String, OfClass> found =
        jdbc
            .sql(CLASSES)
            .query(
                (row, n) ->
                    ofClass(
                        row.getString(1),
                        now,
                        row.getLong(2),
                        row.getObject(3, OffsetDateTime.class),
                        row.getLong(4)))
            .list()
            .stream()
            .collect(Collectors.toMap(OfClass::dataClass, Function.identity()));
    return Arrays.stream(DataClass.values())
        .map(DataClass::toString)
        .map(name -> found.getOrDefault(name, ofClass(name, now, 0, null, 0)))
        .toList();
  }

  private OfClass ofClass(
      String name, long now, long tags, @Nullable OffsetDateTime gone, long waiting) {
    Keep keep = settings.of(DataClass.of(name).orElseThrow());
    return new OfClass(
        name,
        keep.forever() ? null : keep.atLeast(),
        keep.forever() ? null : Instant.EPOCH.plus(keep.from(now), ChronoUnit.MICROS),
        tags,
        gone == null ? null : gone.toInstant(),
        waiting);
  }
}
