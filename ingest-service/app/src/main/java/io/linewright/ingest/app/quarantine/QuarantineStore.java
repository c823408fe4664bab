package io.linewright.ingest.app.quarantine;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code quarantine}. */
final class QuarantineStore {

  /**
   * What is kept of a record.
   *
   * @param source identity: the same thing set aside again is not kept twice
   * @param size of the original in bytes
   */
  @SuppressWarnings("ArrayRecordComponent") // bytes to store, only ever read
  record Entry(
      String source,
      String stage,
      String origin,
      @Nullable Integer partition,
      @Nullable Long offset,
      String cause,
      byte[] payload,
      int size,
      boolean resubmittable) {

    Entry {
      source = storable(source);
      stage = storable(stage);
      origin = storable(origin);
      cause = storable(cause);
    }
  }

  /** A record as it stands in the table. */
  record Kept(long id, Instant quarantinedAt, int attempts, Entry entry) {}

  /**
   * Some records of a list.
   *
   * @param next id of the last of them if there are more; null: there are none
   */
  record Page(List<Kept> records, @Nullable Long next) {}

  /**
   * Which records are meant.
   *
   * @param cause what stands in their cause; null: anything
   * @param origin topic or gateway; null: any
   * @param resubmittable true: only those that can be submitted again
   */
  record Choice(@Nullable String cause, @Nullable String origin, boolean resubmittable) {}

  private record Head(long id, int bytes) {}

  private static final String COLUMNS =
      "id, source, stage, origin, partition, \"offset\", cause, payload, size, resubmittable, quarantined_at, attempts";

  private static final String ADD =
      """
      INSERT INTO quarantine (source, stage, origin, partition, "offset", cause, payload, size,
                              resubmittable)
      SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::int4[], ?::int8[], ?::text[],
                           ?::bytea[], ?::int4[], ?::bool[])
      ON CONFLICT (source) DO NOTHING RETURNING source
      """;

  private static final String CHOSEN =
      "position(coalesce(?::text, '') IN cause) > 0 AND origin = coalesce(?::text, origin)"
          + " AND (resubmittable OR NOT ?)";

  private final JdbcClient jdbc;

  QuarantineStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** How many records there are; triggers keep that row. */
  long count() {
    return jdbc.sql("SELECT records FROM quarantine_count").query(Long.class).single();
  }

  /** The same, and nobody else adds or deletes until the transaction ends. */
  long lockCount() {
    return jdbc.sql("SELECT records FROM quarantine_count FOR UPDATE").query(Long.class).single();
  }

  /** Adds in one statement what is not there yet; returns the sources of what was added. */
  Set<String> add(List<Entry> entries) {
    return Set.copyOf(
        jdbc.sql(ADD)
            .params(
                column(entries, String[]::new, Entry::source),
                column(entries, String[]::new, Entry::stage),
                column(entries, String[]::new, Entry::origin),
                column(entries, Integer[]::new, Entry::partition),
                column(entries, Long[]::new, Entry::offset),
                column(entries, String[]::new, Entry::cause),
                column(entries, byte[][]::new, Entry::payload),
                column(entries, Integer[]::new, Entry::size),
                column(entries, Boolean[]::new, Entry::resubmittable))
            .query(String.class)
            .list());
  }

  /** Kafka's id of the topic of which records are applied; empty if none are. */
  Optional<UUID> topicId(TopicPartition partition) {
    return jdbc.sql("SELECT topic_id FROM consumer_offset WHERE topic = ? AND partition = ?")
        .params(partition.topic(), partition.partition())
        .query((row, n) -> row.getObject(1, UUID.class))
        .optional();
  }

  private static <T> Object column(
      List<Entry> entries, IntFunction<T[]> array, Function<Entry, @Nullable Object> field) {
    return entries.stream().map(field).toArray(array);
  }

  /**
   * Newest first, below the given id: at most {@code limit}, and no more than whose payloads have
   * {@code maxBytes} together, but one if there is any. No more than that is ever in memory.
   */
  Page newest(long belowId, int limit, long maxBytes) {
    List<Head> heads =
        jdbc.sql(
                "SELECT id, octet_length(payload) FROM quarantine WHERE id < ? ORDER BY id DESC LIMIT ?")
            .params(belowId, limit + 1)
            .query((row, n) -> new Head(row.getLong(1), row.getInt(2)))
            .list();
    List<Long> fitting = new ArrayList<>();
    long bytes = 0;
    for (Head head : heads) {
      bytes += head.bytes();
      if (fitting.size() == limit || (!fitting.isEmpty() && bytes > maxBytes)) {
        break;
      }
      fitting.add(head.id());
    }
    List<Kept> records =
        jdbc.sql(
                "SELECT "
                    + COLUMNS
                    + " FROM quarantine WHERE id = ANY(?::bigint[]) ORDER BY id DESC")
            .param(fitting.toArray(new Long[0]))
            .query(QuarantineStore::kept)
            .list();
    return new Page(records, fitting.size() < heads.size() ? fitting.getLast() : null);
  }

  /** The ids of chosen records above the given one, oldest first. */
  List<Long> ids(Choice choice, long aboveId, int limit) {
    return jdbc.sql("SELECT id FROM quarantine WHERE " + CHOSEN + " AND id > ? ORDER BY id LIMIT ?")
        .params(
            Arrays.asList(choice.cause(), choice.origin(), choice.resubmittable(), aboveId, limit))
        .query((row, n) -> row.getLong(1))
        .list();
  }

  /** How many records are chosen. */
  long count(Choice choice) {
    return jdbc.sql("SELECT count(*) FROM quarantine WHERE " + CHOSEN)
        .params(Arrays.asList(choice.cause(), choice.origin(), choice.resubmittable()))
        .query(Long.class)
        .single();
  }

  Optional<Kept> find(long id) {
    return jdbc.sql("SELECT " + COLUMNS + " FROM quarantine WHERE id = ?")
        .param(id)
        .query(QuarantineStore::kept)
        .optional();
  }

  /** Whether the record is there; nobody else changes it until the transaction ends. */
  boolean lock(long id) {
    return jdbc.sql("SELECT id FROM quarantine WHERE id = ? FOR UPDATE")
        .param(id)
        .query(Long.class)
        .optional()
        .isPresent();
  }

  void refusedAgain(long id, String cause) {
    jdbc.sql("UPDATE quarantine SET attempts = attempts + 1, cause = ? WHERE id = ?")
        .params(storable(cause), id)
        .update();
  }

  boolean delete(long id) {
    return jdbc.sql("DELETE FROM quarantine WHERE id = ?").params(id).update() == 1;
  }

  /** What others have written may have the one character that no text of the table can have. */
  private static String storable(String text) {
    return text.replace('\0', '\uFFFD');
  }

  private static Kept kept(ResultSet row, int number) throws SQLException {
    return new Kept(
        row.getLong(1),
        row.getObject(11, OffsetDateTime.class).toInstant(),
        row.getInt(12),
        new Entry(
            row.getString(2),
            row.getString(3),
            row.getString(4),
            row.getObject(5, Integer.class),
            row.getObject(6, Long.class),
            row.getString(7),
            row.getBytes(8),
            row.getInt(9),
            row.getBoolean(10)));
  }
}
