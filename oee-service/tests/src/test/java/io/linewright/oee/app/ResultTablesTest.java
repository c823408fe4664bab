package io.linewright.oee.app;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The database itself refuses cells that cannot be. */
@ExtendWith(TestServers.class)
@SuppressWarnings("NullAway.Init") // set before each test
class ResultTablesTest {

  private static final String MIDNIGHT = "1767225600000000";

  private String url;

  @BeforeEach
  void migrate(TestPostgres postgres) throws SQLException {
    url = postgres.createDatabase();
    Flyway.configure()
        .dataSource(url, TestPostgres.USER, "")
        .defaultSchema("oee")
        .schemas("oee")
        .locations("classpath:db/kit", "classpath:db/oee")
        .load()
        .migrate();
    execute("INSERT INTO line (path) VALUES ('acme/graz/body/line-1')");
    execute(
        "INSERT INTO machine (equipment_id, line_id) SELECT gen_random_uuid(), 1 FROM generate_series(1, 2)");
    insert(1, 0, 60, "0, 20, 60", "60");
  }

  @Test
  void neighboursAndOtherMachinesMayHaveTheirCells() {
    assertThatCode(() -> insert(1, 60, 120, "60, 120", "60")).doesNotThrowAnyException();
    assertThatCode(() -> insert(2, 30, 90, "30, 90", "60")).doesNotThrowAnyException();
  }

  @Test
  void aCellThatOverlapsAnotherOfItsMachineIsRefused() {
    assertThatThrownBy(() -> insert(1, 59, 61, "59, 61", "2"))
        .hasMessageContaining("cell_no_overlap");
  }

  @Test
  void cutsThatDoNotAscendAreRefused() {
    assertThatThrownBy(() -> insert(1, 60, 120, "60, 100, 80, 120", "60"))
        .hasMessageContaining("cell_slices_partition");
    assertThatThrownBy(() -> insert(1, 60, 120, "60, 80, 80, 120", "60"))
        .hasMessageContaining("cell_slices_partition");
    assertThatThrownBy(() -> insert(1, 60, 120, "60, NULL, 120", "60"))
        .hasMessageContaining("cell_slices_partition");
  }

  @Test
  void slicesThatDoNotFillTheCellAreRefused() {
    assertThatThrownBy(() -> insert(1, 60, 120, "61, 120", "59"))
        .hasMessageContaining("cell_slices_partition");
    assertThatThrownBy(() -> insert(1, 60, 120, "60, 119", "59"))
        .hasMessageContaining("cell_slices_partition");
  }

  @Test
  void sumsThatAreNotTheCellsLengthAreRefused() {
    assertThatThrownBy(() -> insert(1, 60, 120, "60, 120", "59"))
        .hasMessageContaining("cell_adds_up");
  }

  @Test
  void placesOfAMachineDoNotOverlap() throws SQLException {
    execute("INSERT INTO machine_place VALUES (1, 'a/b/c/d/e', '(,2026-01-02)')");
    assertThatThrownBy(
            () -> execute("INSERT INTO machine_place VALUES (1, 'a/b/c/d/f', '[2026-01-01,)')"))
        .hasMessageContaining("machine_place_one_at_a_time");
  }

  /**
   * @param cuts seconds after midnight
   * @param production seconds
   */
  private void insert(int machine, int from, int to, String cuts, String production)
      throws SQLException {
    int slices = cuts.split(",", -1).length - 1;
    execute(
        """
        INSERT INTO cell SELECT %1$d,
          tstzrange(to_timestamp(1767225600 + %2$d), to_timestamp(1767225600 + %3$d)),
          '2026-01-01', NULL, NULL, NULL, NULL, 1, '\\x00000000000000000000000000000000', now(),
          %5$s * 1000000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, false,
          0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, NULL, NULL, NULL, 0, 0, 0,
          (SELECT array_agg(%6$s + cut * 1000000 ORDER BY n)
           FROM unnest(ARRAY[%4$s]::bigint[]) WITH ORDINALITY AS c (cut, n)),
          array_fill(0::smallint, ARRAY[%7$d]), array_fill(0::smallint, ARRAY[%7$d]),
          array_fill(0, ARRAY[%7$d]), array_fill(0, ARRAY[%7$d]),
          array_fill(0::smallint, ARRAY[%7$d])
        """
            .formatted(machine, from, to, cuts, production, MIDNIGHT, slices));
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, TestPostgres.USER, "");
        Statement statement = connection.createStatement()) {
      connection.setSchema("oee");
      statement.execute(sql);
    }
  }
}
