package io.linewright.edge.app.command;

import io.linewright.edge.command.Command;
import io.linewright.edge.command.CommandStage;
import io.linewright.edge.command.Known;
import io.linewright.model.command.CommandStep;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.SampleText;
import io.linewright.model.sample.SampleValue;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A command and its stage as a row. Times are ISO 8601 with all their digits. */
final class KnownRow {

  static final String TABLE =
      """
      CREATE TABLE command (
        number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, tag TEXT NOT NULL,
        type TEXT NOT NULL, value TEXT NOT NULL, requester TEXT NOT NULL,
        requested TEXT NOT NULL, expires TEXT NOT NULL, reason TEXT NOT NULL,
        stage TEXT NOT NULL, began TEXT, time TEXT, step TEXT, held TEXT, detail TEXT)""";

  private static final String UPSERT =
      """
      INSERT INTO command (id, tag, type, value, requester, requested, expires, reason,
        stage, began, time, step, held, detail)
      VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)
      ON CONFLICT (id) DO UPDATE SET stage = excluded.stage, began = excluded.began,
        time = excluded.time, step = excluded.step, held = excluded.held, detail = excluded.detail""";

  private static final String WRITING = "writing";
  private static final String CHECKING = "checking";
  private static final String ENDED = "ended";

  private KnownRow() {}

  static void write(Connection connection, Known known) throws SQLException {
    Command command = known.command();
    try (PreparedStatement row = connection.prepareStatement(UPSERT)) {
      row.setString(1, command.id().toString());
      row.setString(2, command.tag().toString());
      row.setString(3, command.value().type().toString());
      row.setString(4, SampleText.of(command.value()));
      row.setString(5, command.requester());
      row.setString(6, command.requestedAt().toString());
      row.setString(7, command.expiresAt().toString());
      row.setString(8, command.reason());
      switch (known.stage()) {
        case CommandStage.Writing writing ->
            stage(row, WRITING, writing.since(), null, null, null, "");
        case CommandStage.Checking checking ->
            stage(
                row,
                CHECKING,
                checking.since(),
                checking.until(),
                null,
                checking.held(),
                checking.why());
        case CommandStage.Ended ended ->
            stage(row, ENDED, ended.began(), ended.at(), ended.step(), null, ended.detail());
      }
      row.executeUpdate();
    }
  }

  private static void stage(
      PreparedStatement row,
      String stage,
      @Nullable Instant began,
      @Nullable Instant time,
      @Nullable CommandStep step,
      @Nullable SampleValue held,
      String detail)
      throws SQLException {
    row.setString(9, stage);
    row.setString(10, began == null ? null : began.toString());
    row.setString(11, time == null ? null : time.toString());
    row.setString(12, step == null ? null : step.toString());
    row.setString(13, held == null ? null : held.type() + " " + SampleText.of(held));
    row.setString(14, detail);
  }

  /**
   * @throws IllegalArgumentException if the row says nothing that this release understands
   */
  static Known read(ResultSet row) throws SQLException {
    DataType type = DataType.of(row.getString("type")).orElseThrow(KnownRow::unknown);
    Command command =
        new Command(
            UUID.fromString(row.getString("id")),
            TagKey.parse(row.getString("tag")),
            SampleText.parse(type, row.getString("value")),
            row.getString("requester"),
            Instant.parse(row.getString("requested")),
            Instant.parse(row.getString("expires")),
            row.getString("reason"));
    return new Known(command, stage(row));
  }

  private static CommandStage stage(ResultSet row) throws SQLException {
    String began = row.getString("began");
    String detail = row.getString("detail");
    return switch (row.getString("stage")) {
      case WRITING -> new CommandStage.Writing(Instant.parse(began));
      case CHECKING ->
          new CommandStage.Checking(
              Instant.parse(began),
              Instant.parse(row.getString("time")),
              held(row.getString("held")),
              detail);
      case ENDED ->
          new CommandStage.Ended(
              began == null ? null : Instant.parse(began),
              CommandStep.of(row.getString("step")).orElseThrow(KnownRow::unknown),
              Instant.parse(row.getString("time")),
              detail);
      default -> throw unknown();
    };
  }

  private static @Nullable SampleValue held(@Nullable String text) {
    if (text == null) {
      return null;
    }
    int space = text.indexOf(' ');
    DataType type = DataType.of(text.substring(0, space)).orElseThrow(KnownRow::unknown);
    return SampleText.parse(type, text.substring(space + 1));
  }

  private static IllegalArgumentException unknown() {
    return new IllegalArgumentException("a row is not understood by this release");
  }
}
