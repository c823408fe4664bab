package io.linewright.edge.app.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.edge.app.log.file.LogException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {

  @TempDir private Path directory = Path.of("unset");
  private LogFile file;

  @BeforeEach
  void open() throws LogException {
    file = LogFile.open(directory.resolve("uplink.db"));
  }

  @AfterEach
  void close() {
    file.close();
  }

  /** What SQLite does by itself when the disk is full (lang_transaction, response to errors). */
  @Test
  void goesOnAfterSqliteHasRolledBackByItself() throws LogException {
    assertThatThrownBy(
            () ->
                file.write(
                    () -> {
                      put("before");
                      execute("ROLLBACK");
                      throw new SQLException("database or disk is full");
                    }))
        .isInstanceOf(LogException.class)
        .hasMessageContaining("disk is full");

    assertThat(file.write(() -> put("after"))).isEqualTo(1);
    assertThat(keys()).isEqualTo(1);
  }

  @Test
  void aTransactionAfterThatIsTakenBackAsAWhole() throws LogException {
    for (int time = 0; time < 2; time++) {
      assertThatThrownBy(
              () ->
                  file.write(
                      () -> {
                        put("half");
                        execute("ROLLBACK");
                        throw new SQLException("database or disk is full");
                      }))
          .isInstanceOf(LogException.class);
      assertThatThrownBy(
              () ->
                  file.write(
                      () -> {
                        put("other half");
                        throw new SQLException("something else");
                      }))
          .isInstanceOf(LogException.class);
    }
    assertThat(keys()).isZero();
  }

  private int put(String key) throws SQLException {
    return execute("INSERT INTO meta (key, value) VALUES ('test-" + key + "', 1)");
  }

  private int execute(String sql) throws SQLException {
    try (Statement statement = file.writer().createStatement()) {
      return statement.executeUpdate(sql);
    }
  }

  private long keys() throws LogException {
    return file.read(
        reader -> {
          try (Statement statement = reader.createStatement();
              ResultSet row =
                  statement.executeQuery("SELECT count(*) FROM meta WHERE key LIKE 'test-%'")) {
            row.next();
            return row.getLong(1);
          }
        });
  }
}
