package io.linewright.ingest.app.imports;

import io.linewright.ingest.app.imports.Import.Progress;
import io.linewright.ingest.app.imports.Import.Refusal;
import io.linewright.ingest.app.imports.Import.State;
import io.linewright.ingest.imports.ImportTerms;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.DataType;
import io.linewright.model.topic.Topic;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tables {@code import} and {@code import_refusal}. */
final class ImportStore {

  private static final String COLUMNS =
      """
      number, import_id, requester, idempotency_key, from_micros, to_micros, create_tags, type, unit,
      role, attempt, state, cause, created_at, updated_at, bytes, rows, accepted, refused, repeated,
      sha256, next_offsets, set_aside, set_aside_cause, topic_id, events, event_offsets, readers_absent
      """;

  private static final String ADD =
      """
      INSERT INTO import (import_id, requester, idempotency_key, from_micros, to_micros, create_tags,
                          type, unit, role, instance, attempt, state, created_at, updated_at, sha256)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 'receiving', ?, ?, '')
      ON CONFLICT (requester, idempotency_key) DO NOTHING
      """;

  private static final String ADVANCE =
      """
      UPDATE import SET updated_at = ?, bytes = ?, rows = ?, accepted = ?, refused = ?, repeated = ?,
                        sha256 = ?, next_offsets = ?, topic_id = ?, events = ?, event_offsets = ?,
                        readers_absent = ?
      WHERE number = ? AND attempt = ?
      """;

  private static final String RESTART =
      """
      UPDATE import SET bytes = 0, rows = 0, accepted = 0, refused = 0, repeated = 0, sha256 = '',
                        next_offsets = '{}', topic_id = NULL, events = 0, event_offsets = '{}',
                        readers_absent = '{}',
                        set_aside = 0, set_aside_records = 0, set_aside_cause = NULL
      WHERE number = ? AND attempt = ?
      """;

  private static final String BOUND =
      """
      DELETE FROM import WHERE state NOT IN ('receiving', 'producing')
        AND number <= (SELECT number FROM import ORDER BY number DESC OFFSET ? LIMIT 1)
      """;

  private final JdbcClient jdbc;

  ImportStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Adds an import; false if its requester has used the key before. */
  boolean add(String requester, String key, ImportTerms terms, String instance, Instant now) {
    return jdbc.sql(ADD)
            .param(UUID.randomUUID())
            .param(requester)
            .param(key)
            .param(terms.fromMicros())
            .param(terms.toMicros())
            .param(terms.create())
            .param(text(terms.type()))
            .param(terms.unit())
            .param(text(terms.role()))
            .param(instance)
            .param(time(now))
            .param(time(now))
            .update()
        == 1;
  }

  /** Deletes what is beyond the bound and does not run. */
  void bound(int kept) {
    jdbc.sql(BOUND).param(kept).update();
  }

  /** Begins another attempt, which ends the right of the one before. */
  void take(long number, String instance, Instant now) {
    jdbc.sql(
            """
            UPDATE import SET attempt = attempt + 1, instance = ?, state = 'receiving', cause = NULL,
                              updated_at = ?
            WHERE number = ?
            """)
        .params(instance, time(now), number)
        .update();
  }

  /** Sets the state; false if a later attempt has taken over. */
  boolean enter(long number, int attempt, State state, @Nullable String cause, Instant now) {
    return jdbc.sql(
                "UPDATE import SET state = ?, cause = ?, updated_at = ? WHERE number = ? AND"
                    + " attempt = ?")
            .param(state.toString())
            .param(cause)
            .param(time(now))
            .param(number)
            .param(attempt)
            .update()
        == 1;
  }

  /**
   * Enters how far an import has come, and which further rows are refused; false, and nothing is
   * entered, if a later attempt has taken over.
   */
  boolean advance(
      long number, int attempt, Progress progress, List<Refusal> refusals, Instant now) {
    boolean ours =
        jdbc.sql(ADVANCE)
                .params(
                    time(now),
                    progress.bytes(),
                    progress.rows(),
                    progress.accepted(),
                    progress.refused(),
                    progress.repeated(),
                    progress.sha256(),
                    progress.nextOffsets().toArray(Long[]::new))
                .param(progress.topicId())
                .param(progress.events().count())
                .param(progress.events().nextOffsets().toArray(Long[]::new))
                .param(progress.events().absentReaders().toArray(String[]::new))
                .param(number)
                .param(attempt)
                .update()
            == 1;
    if (ours && !refusals.isEmpty()) {
      jdbc.sql(
              """
              INSERT INTO import_refusal (import_number, line, reason)
              SELECT ?, * FROM unnest(?::bigint[], ?::text[])
              """)
          .params(
              number,
              refusals.stream().map(Refusal::line).toArray(Long[]::new),
              refusals.stream().map(Refusal::reason).toArray(String[]::new))
          .update();
    }
    return ours;
  }

  /**
   * Forgets how far an import has come; false, and nothing is forgotten, if a later attempt has
   * taken over.
   */
  boolean restart(long number, int attempt) {
    boolean ours = jdbc.sql(RESTART).params(number, attempt).update() == 1;
    if (ours) {
      jdbc.sql("DELETE FROM import_refusal WHERE import_number = ?").param(number).update();
    }
    return ours;
  }

  /** An instance that starts receives nothing yet: what it had is interrupted. */
  void abandon(String instance) {
    jdbc.sql(
            """
            UPDATE import SET state = 'interrupted', cause = 'the service was ended'
            WHERE instance = ? AND state IN ('receiving', 'producing')
            """)
        .param(instance)
        .update();
  }

  Optional<Import> find(UUID id) {
    return jdbc.sql("SELECT " + COLUMNS + "FROM import WHERE import_id = ?")
        .param(id)
        .query(ImportStore::read)
        .optional();
  }

  /** The import that a requester has begun by that key. */
  Optional<Import> find(String requester, String key) {
    return jdbc.sql("SELECT " + COLUMNS + "FROM import WHERE requester = ? AND idempotency_key = ?")
        .params(requester, key)
        .query(ImportStore::read)
        .optional();
  }

  /** Newest first, of smaller numbers. */
  List<Import> newest(long belowNumber, int limit) {
    return jdbc.sql(
            "SELECT " + COLUMNS + "FROM import WHERE number < ? ORDER BY number DESC LIMIT ?")
        .params(belowNumber, limit)
        .query(ImportStore::read)
        .list();
  }

  /** Refused rows behind that line, in the order of the file. */
  List<Refusal> refusals(long number, long behindLine, int limit) {
    return jdbc.sql(
            """
            SELECT line, reason FROM import_refusal WHERE import_number = ? AND line > ?
            ORDER BY line LIMIT ?
            """)
        .params(number, behindLine, limit)
        .query((row, n) -> new Refusal(row.getLong(1), row.getString(2)))
        .list();
  }

  /** How far the historian has come with the backfill. */
  HistorianLead.Stored stored() {
    Map<UUID, Map<Integer, Long>> next = new HashMap<>();
    jdbc.sql("SELECT topic_id, partition, next_offset FROM consumer_offset WHERE topic = ?")
        .param(Topic.TELEMETRY_BACKFILL.topicName())
        .query(
            row -> {
              next.computeIfAbsent(row.getObject(1, UUID.class), topic -> new HashMap<>())
                  .put(row.getInt(2), row.getLong(3));
            });
    return new HistorianLead.Stored(next);
  }

  private static Import read(ResultSet row, int n) throws SQLException {
    String type = row.getString(8);
    String role = row.getString(10);
    return new Import(
        row.getLong(1),
        row.getObject(2, UUID.class),
        row.getString(3),
        row.getString(4),
        new ImportTerms(
            row.getLong(5),
            row.getLong(6),
            row.getBoolean(7),
            type == null ? null : DataType.of(type).orElseThrow(),
            row.getString(9),
            role == null ? null : TagRole.of(role).orElseThrow()),
        row.getInt(11),
        State.valueOf(row.getString(12).toUpperCase(Locale.ROOT)),
        row.getString(13),
        row.getObject(14, OffsetDateTime.class).toInstant(),
        row.getObject(15, OffsetDateTime.class).toInstant(),
        new Progress(
            row.getLong(16),
            row.getLong(17),
            row.getLong(18),
            row.getLong(19),
            row.getLong(20),
            row.getString(21),
            List.of((Long[]) row.getArray(22).getArray()),
            row.getObject(25, UUID.class),
            new Import.Events(
                row.getLong(26),
                List.of((Long[]) row.getArray(27).getArray()),
                List.of((String[]) row.getArray(28).getArray()))),
        row.getLong(23),
        row.getString(24));
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
