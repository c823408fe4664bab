package io.linewright.ingest.app.command;

import io.linewright.ingest.command.CommandHistory;
import io.linewright.ingest.command.Speaker;
import io.linewright.ingest.command.Told;
import io.linewright.model.command.CommandRequested;
import io.linewright.model.command.CommandStep;
import io.linewright.model.equipment.TagKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tables {@code command} and {@code command_step}; the newest {@link #MAX_ROWS} are kept. */
final class CommandStore {

  static final int MAX_ROWS = 100_000;

  /** The state of a command that was not answered; no step. */
  static final String NO_ANSWER = "no-answer";

  /**
   * A command of which a step was told.
   *
   * @param tag {@code path#name}
   */
  record Subject(long number, String tag) {}

  private static final String COLUMNS =
      """
      number, command_id, path, name, type, value, requester, requested_at, expires_at, reason,
      idempotency_key
      """;

  private static final String ADD =
      """
      INSERT INTO command (command_id, path, name, type, value, requester, requested_at, expires_at,
                           reason, idempotency_key, step, final)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'requested', false)
      ON CONFLICT (requester, idempotency_key) DO NOTHING RETURNING number
      """;

  private static final String NEWEST =
      """
      FROM command
      WHERE number < ? AND (?::text IS NULL OR path = ? OR path LIKE ? || '/%')
        AND (?::text IS NULL
             OR CASE WHEN NOT final AND expires_at <= ? THEN 'no-answer' ELSE step END = ?)
      ORDER BY number DESC LIMIT ?
      """;

  private static final String TELL =
      """
      INSERT INTO command_step (command_number, speaker, step, at, detail) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (command_number, speaker, step)
      DO UPDATE SET at = excluded.at, detail = excluded.detail
      """;

  private final JdbcClient jdbc;

  CommandStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Adds a command; empty if its requester has used the key before. */
  OptionalLong add(CommandRequested request, String idempotencyKey) {
    TagKey tag = TagKey.parse(request.tag());
    return jdbc.sql(ADD)
        .params(
            UUID.fromString(request.id()),
            tag.equipment().toString(),
            tag.name().value(),
            request.type(),
            request.value(),
            request.requester(),
            time(request.requestedAt()),
            time(request.expiresAt()),
            request.reason(),
            idempotencyKey)
        .query(Long.class)
        .optional()
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }

  /** Deletes what is beyond the bound. */
  void bound() {
    jdbc.sql("DELETE FROM command WHERE number <= (SELECT max(number) FROM command) - ?")
        .param(MAX_ROWS)
        .update();
  }

  /** How many have neither ended nor expired. */
  long open(Instant now) {
    return jdbc.sql("SELECT count(*) FROM command WHERE NOT final AND expires_at > ?")
        .param(time(now))
        .query(Long.class)
        .single();
  }

  /** The command of that id, locked until the transaction ends. */
  Optional<Subject> lock(UUID id) {
    return jdbc.sql("SELECT number, path, name FROM command WHERE command_id = ? FOR UPDATE")
        .param(id)
        .query((row, n) -> new Subject(row.getLong(1), row.getString(2) + "#" + row.getString(3)))
        .optional();
  }

  /** What was told of a command. */
  CommandHistory history(long number) {
    return histories(List.of(number)).getOrDefault(number, CommandHistory.NONE);
  }

  /** Enters a word, and how far the command is by it. */
  void tell(long number, Told word, CommandStep present) {
    jdbc.sql(TELL)
        .params(
            number, word.by().toString(), word.step().toString(), time(word.at()), word.detail())
        .update();
    jdbc.sql("UPDATE command SET step = ?, final = ? WHERE number = ?")
        .params(present.toString(), present.isFinal(), number)
        .update();
  }

  Optional<Command> find(UUID id) {
    return one("WHERE command_id = ?", id);
  }

  /** The command that a requester has asked for by that key. */
  Optional<Command> find(String requester, String idempotencyKey) {
    return one("WHERE requester = ? AND idempotency_key = ?", requester, idempotencyKey);
  }

  /**
   * Newest first.
   *
   * @param path only those to equipment at and below it; null: all
   * @param state name of a step or {@link #NO_ANSWER}; null: any
   * @param unansweredUpTo expiry up to which a command without a final step counts as unanswered
   * @param belowNumber only those of a smaller number
   */
  List<Command> newest(
      @Nullable String path,
      @Nullable String state,
      Instant unansweredUpTo,
      long belowNumber,
      int limit) {
    return complete(
        jdbc.sql("SELECT " + COLUMNS + NEWEST)
            .param(belowNumber)
            .param(path)
            .param(path)
            .param(path)
            .param(state)
            .param(time(unansweredUpTo))
            .param(state)
            .param(limit)
            .query(CommandStore::bare)
            .list());
  }

  private Optional<Command> one(String where, Object... params) {
    List<Command> found =
        jdbc.sql("SELECT " + COLUMNS + "FROM command " + where)
            .params(List.of(params))
            .query(CommandStore::bare)
            .list();
    return complete(found).stream().findFirst();
  }

  private List<Command> complete(List<Command> bare) {
    Map<Long, CommandHistory> histories = histories(bare.stream().map(Command::number).toList());
    return bare.stream()
        .map(
            one ->
                new Command(
                    one.number(),
                    one.request(),
                    one.idempotencyKey(),
                    histories.getOrDefault(one.number(), CommandHistory.NONE)))
        .toList();
  }

  private Map<Long, CommandHistory> histories(List<Long> numbers) {
    Map<Long, List<Told>> told = new HashMap<>();
    jdbc.sql(
            """
            SELECT command_number, speaker, step, at, detail FROM command_step
            WHERE command_number = ANY (?)
            """)
        .param(numbers.toArray(Long[]::new))
        .query(
            row -> {
              told.computeIfAbsent(row.getLong(1), number -> new ArrayList<>()).add(told(row));
            });
    Map<Long, CommandHistory> histories = new HashMap<>();
    told.forEach((number, words) -> histories.put(number, new CommandHistory(words)));
    return histories;
  }

  private static Told told(ResultSet row) throws SQLException {
    return new Told(
        Speaker.valueOf(row.getString(2).toUpperCase(Locale.ROOT)),
        CommandStep.of(row.getString(3)).orElseThrow(),
        instant(row, 4),
        row.getString(5));
  }

  private static Command bare(ResultSet row, int number) throws SQLException {
    return new Command(
        row.getLong(1),
        new CommandRequested(
            row.getObject(2, UUID.class).toString(),
            row.getString(3) + "#" + row.getString(4),
            row.getString(5),
            row.getString(6),
            row.getString(7),
            instant(row, 8),
            instant(row, 9),
            row.getString(10)),
        row.getString(11),
        CommandHistory.NONE);
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
