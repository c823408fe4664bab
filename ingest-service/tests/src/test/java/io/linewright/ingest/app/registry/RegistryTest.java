package io.linewright.ingest.app.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.ingest.app.storage.IngestDatabase;
import io.linewright.ingest.registry.Piece;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.event.TagAnnounced;
import io.linewright.model.sample.DataType;
import io.linewright.testkit.infrastructure.Database;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Values and announcements come by topics of their own: which tag values find. */
@ExtendWith(TestServers.class)
@SuppressWarnings("NullAway.Init") // set before each test
class RegistryTest {

  private static final String PRESS = "acme/graz/body/line-1/press-01";
  private static final String MODE = "mode";
  private static final Instant BASE = Instant.parse("2026-03-01T00:00:00Z");

  private IngestDatabase database;
  private RegistryStore store;
  private Registry registry;
  private Instant now = BASE.plusSeconds(3_600);

  /** What happens when the clock is asked the next times; the clock stands still otherwise. */
  private final Deque<Runnable> whenAsked = new ArrayDeque<>();

  private int asked;
  private int connections;

  @BeforeEach
  void start(TestPostgres postgres) {
    database =
        IngestDatabase.create(
            new Database(postgres.createDatabase(), TestPostgres.USER, ""), "registry_test");
    JdbcClient jdbc =
        JdbcClient.create(
            new DelegatingDataSource(database.dataSource()) {
              @Override
              public Connection getConnection() throws SQLException {
                connections++;
                return super.getConnection();
              }
            });
    store = new RegistryStore(jdbc);
    registry =
        new Registry(
            store,
            new PlaceStore(jdbc),
            new TransactionTemplate(new JdbcTransactionManager(database.dataSource())),
            this::clock);
    announce("integer", 0);
    announce("double", 20);
    registry.load();
  }

  @AfterEach
  void drop() throws SQLException {
    database.drop();
  }

  @Test
  void aTypeThatIsChangedBackIsWaitedFor() {
    whenAsked.add(() -> {});
    whenAsked.add(() -> announce("integer", 40));

    Tag found = resolve(DataType.INTEGER, 50);

    assertThat(whenAsked).as("announced while the values wait").isEmpty();
    assertThat(found.versionAt(micros(50)).type()).isEqualTo(DataType.INTEGER);
    assertThat(found.versionAt(micros(30)).type()).isEqualTo(DataType.DOUBLE);
    int before = asked;
    assertThat(resolve(DataType.INTEGER, 60)).isEqualTo(found);
    assertThat(asked).as("it is known from now on").isEqualTo(before);
  }

  @Test
  void whatAnotherInstanceHasEnteredIsFound() {
    announce("integer", 40);

    assertThat(resolve(DataType.INTEGER, 50).version()).isEqualTo(3);
    assertThat(asked).as("nothing to wait for").isOne();
  }

  @Test
  void patienceEndsAndIsNotHadAgainSoon() {
    Duration step = Duration.ofMillis(900);
    for (int i = 0; i < 10; i++) {
      whenAsked.add(() -> now = now.plus(step));
    }

    assertThat(resolve(DataType.INTEGER, 50).versionAt(micros(50)).type())
        .isEqualTo(DataType.DOUBLE);
    assertThat(whenAsked).as("after two seconds").hasSizeBetween(4, 7);
    whenAsked.clear();
    int before = asked;
    resolve(DataType.INTEGER, 51);
    assertThat(asked - before).as("looked at the clock, and did not wait").isOne();
  }

  @Test
  void lateValuesOfAnotherTypeThanTheirTimeAreNotWaitedFor() {
    announce("integer", 40);
    registry.load();

    assertThat(resolve(DataType.INTEGER, 30).versionAt(micros(30)).type())
        .as("no announcement can change it any more")
        .isEqualTo(DataType.DOUBLE);
    assertThat(resolve(DataType.DOUBLE, 30).versionAt(micros(30)).type())
        .isEqualTo(DataType.DOUBLE);
    assertThat(asked).isZero();
  }

  @Test
  void manyUnknownNamesAreLookedForAtOnce() {
    List<TagKey> keys =
        IntStream.range(0, 100).mapToObj(i -> TagKey.parse(PRESS + "#unknown-" + i)).toList();
    connections = 0;

    assertThat(registry.known(keys)).isEmpty();
    assertThat(connections).isOne();
  }

  @Test
  void tagsThatAnotherInstanceHasRegisteredAreKnownFromTheFirstQuestionOn() {
    TagKey key = TagKey.parse(PRESS + "#level");
    announce("level", "integer", 0);
    announce("level", "double", 20);
    connections = 0;

    assertThat(registry.inMemory(key)).isEmpty();
    assertThat(connections).as("where the database may be away, it is not asked").isZero();
    Map<TagKey, Series> known = registry.known(List.of(TagKey.parse(PRESS + "#none"), key));
    Series found = registry.series(key, false);
    assertThat(known).containsOnly(Map.entry(key, found));
    assertThat(found.pieces())
        .extracting(Piece::type)
        .containsExactly(DataType.INTEGER, DataType.DOUBLE);
    assertThat(registry.inMemory(key)).hasValue(found);
    connections = 0;
    assertThat(registry.known(List.of(key))).containsOnly(Map.entry(key, found));
    assertThat(connections).isZero();
  }

  private Instant clock() {
    asked++;
    Runnable next = whenAsked.poll();
    if (next != null) {
      next.run();
    }
    return now;
  }

  private Tag resolve(DataType type, int newest) {
    return registry.resolve(
        EquipmentPath.parse(PRESS), PRESS, MODE, type, TagRole.PROCESS_VALUE, micros(newest));
  }

  private void announce(String type, int second) {
    announce(MODE, type, second);
  }

  private void announce(String name, String type, int second) {
    var said =
        new TagAnnounced(PRESS, name, type, "1", "process-value", null, null, null, "site", null);
    store.find(PRESS, name).ifPresent(known -> store.begin(known, said, at(second)));
    store.announce(said);
  }

  private static Instant at(int second) {
    return BASE.plusSeconds(second);
  }

  private static long micros(int second) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at(second));
  }
}
