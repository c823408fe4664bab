package io.linewright.ingest.app.annotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.ingest.app.annotation.AnnotationStore.Wanted;
import io.linewright.ingest.app.registry.Series.Source;
import io.linewright.ingest.app.storage.IngestDatabase;
import io.linewright.ingest.registry.Stretch;
import io.linewright.testkit.infrastructure.Database;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Pages of annotations are found by an index, whatever is asked for. */
@ExtendWith(TestServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before the first test
class AnnotationStoreTest {

  private static final int LIMIT = 101;
  private static final long NOON = 1_767_268_800_000_000L;
  private static final long LATER = NOON + 1_000_000_000_000L;
  private static final String LINE = "acme/graz/machining/line-1";

  /** Two hundred tags and machines, a hundred annotations each, two versions of every fourth. */
  private static final String[] FILL = {
    """
    INSERT INTO tag (path, name, type)
    SELECT 'acme/graz/machining/line-' || n || '/mill', 't', 'double' FROM generate_series(1, 200) n
    """,
    """
    INSERT INTO equipment (equipment_id, level)
    SELECT md5('e' || n)::uuid, 'WORK_UNIT' FROM generate_series(1, 200) n
    """,
    """
    INSERT INTO equipment_path (equipment_id, path, address, valid_from)
    SELECT md5('e' || n)::uuid, 'acme/graz/machining/line-' || n || '/mill', 'line-' || n, now()
    FROM generate_series(1, 200) n
    """,
    """
    INSERT INTO annotation (annotation_id, version, tag_id, equipment_id, from_time, to_time, text,
                            author, created_at, changed_by, changed_at)
    SELECT md5('a' || n)::uuid, v, CASE WHEN n % 2 = 0 THEN 1 + n / 2 % 200 END,
           CASE WHEN n % 2 = 1 THEN md5('e' || (1 + n / 2 % 200))::uuid END,
           t, t, 'v' || v, 'a', t, 'a', t
    FROM generate_series(0, 39999) n CROSS JOIN generate_series(1, 2) v
    CROSS JOIN LATERAL (SELECT timestamptz '2026-01-01 12:00:00+00' + n * interval '1 second') AS at (t)
    WHERE v = 1 OR n % 4 = 0
    """,
    "ANALYZE annotation, equipment_path, tag"
  };

  private IngestDatabase database;
  private JdbcClient jdbc;
  private AnnotationStore store;

  @BeforeAll
  void fill(TestPostgres postgres) {
    database =
        IngestDatabase.create(
            new Database(postgres.createDatabase(), TestPostgres.USER, ""), "annotated");
    jdbc = JdbcClient.create(database.dataSource());
    store = new AnnotationStore(jdbc);
    for (String sql : FILL) {
      jdbc.sql(sql).update();
    }
  }

  @AfterAll
  void drop() throws SQLException {
    database.drop();
  }

  @Test
  void allOfThemPageByPage() {
    List<Annotation> page = found(new Wanted(true, List.of(), null, NOON, LATER, 0, null), 0);
    Annotation last = page.getLast();
    List<Annotation> next =
        found(
            new Wanted(true, List.of(), null, NOON, LATER, last.time().fromMicros(), last.id()),
            LIMIT);

    assertThat(next).doesNotContainAnyElementsOf(page);
  }

  @Test
  void thoseOfATag() {
    List<Source> tag = List.of(new Source(7, Stretch.EVER, Stretch.ON));
    List<Annotation> all = found(new Wanted(false, tag, null, NOON, LATER, 0, null));
    assertThat(all).hasSize(100).allMatch(one -> Integer.valueOf(7).equals(one.subject().tagId()));

    long middle = all.get(50).time().fromMicros();
    List<Source> halves =
        List.of(new Source(7, Stretch.EVER, middle), new Source(7, middle, Stretch.ON));
    assertThat(found(new Wanted(false, halves, null, NOON, LATER, 0, null))).isEqualTo(all);
  }

  @Test
  void thoseOfEquipmentAndItsTags() {
    List<Source> tag = List.of(new Source(1, Stretch.EVER, Stretch.ON));
    List<Annotation> all = store.list(new Wanted(false, tag, LINE, NOON, LATER, 0, null), 500);

    assertThat(all).hasSize(200);
    assertThat(all).filteredOn(one -> one.subject().tagId() != null).hasSize(100);
    assertThat(all)
        .extracting(one -> one.time().fromMicros())
        .as("in the order of time")
        .isSorted();
    assertIndexed(new Wanted(false, tag, LINE, NOON, LATER, 0, null));
  }

  /** What a full page has, or how many there are. */
  private List<Annotation> found(Wanted wanted, int number) {
    List<Annotation> page = found(wanted);
    assertThat(page).hasSize(LIMIT);
    assertThat(page.getFirst().text()).isEqualTo(number % 4 == 0 ? "v2" : "v1");
    return page;
  }

  private List<Annotation> found(Wanted wanted) {
    assertIndexed(wanted);
    return store.list(wanted, LIMIT);
  }

  private void assertIndexed(Wanted wanted) {
    List<@Nullable Object> params = new ArrayList<>();
    String sql = AnnotationStore.statement(wanted, LIMIT, params);
    String plan =
        String.join("\n", jdbc.sql("EXPLAIN " + sql).params(params).query(String.class).list());
    assertThat(plan).as(plan).contains("on annotation").doesNotContain("Seq Scan on annotation");
  }
}
