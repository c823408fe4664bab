package io.linewright.ingest.app.quarantine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.ingest.app.storage.IngestDatabase;
import io.linewright.kit.problem.RefusedException;
import io.linewright.testkit.infrastructure.Database;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.transaction.support.TransactionTemplate;

/** Records that are tried again, in parts and one after the other. */
@ExtendWith(TestServers.class)
@SuppressWarnings("NullAway.Init") // set before each test
class QuarantineDeskTest {

  private static final Authentication ADA = new TestingAuthenticationToken("ada", "");

  private IngestDatabase database;
  private QuarantineStore store;

  @BeforeEach
  void create(TestPostgres postgres) {
    database =
        IngestDatabase.create(
            new Database(postgres.createDatabase(), TestPostgres.USER, ""), "quarantine_desk");
    store = new QuarantineStore(JdbcClient.create(database.dataSource()));
  }

  @AfterEach
  void drop() throws SQLException {
    database.drop();
  }

  @Test
  void whatIsTooMuchForATransactionIsStoredInParts() {
    List<Byte> stored = new ArrayList<>();
    QuarantineDesk desk =
        desk(
            payload -> {
              if (payload.length > 2) {
                throw tooMuch();
              }
              for (byte one : payload) {
                stored.add(one);
              }
              return Optional.empty();
            });
    long id = keep("wide");

    assertThat(desk.resubmit(id, ADA)).isEmpty();
    assertThat(stored).containsExactly((byte) 'w', (byte) 'i', (byte) 'd', (byte) 'e');
    assertThat(store.find(id)).as("it has left quarantine").isEmpty();
  }

  @Test
  void whatIsTooMuchBySmallestPartStaysWithTheReason() {
    QuarantineDesk desk =
        desk(
            payload -> {
              throw tooMuch();
            });
    long id = keep("wide");

    assertThat(desk.resubmit(id, ADA)).hasValueSatisfying(why -> assertThat(why).contains("53200"));
    assertThat(store.find(id)).isPresent();
  }

  @Test
  void oneRequestAtATimeTriesAgain() throws Exception {
    CountDownLatch trying = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    QuarantineDesk desk =
        desk(
            payload -> {
              trying.countDown();
              await(goOn);
              return Optional.empty();
            });
    long first = keep("first");
    long second = keep("second");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Optional<String>> slow = threads.submit(() -> desk.resubmit(first, ADA));
      try {
        assertThat(trying.await(20, TimeUnit.SECONDS)).isTrue();
        var choice = new QuarantineStore.Choice("", null, true);
        assertThatThrownBy(() -> desk.resubmit(second, ADA))
            .isInstanceOf(RefusedException.class)
            .hasMessageContaining("others are trying");
        assertThatThrownBy(() -> desk.resubmitAll(choice, 0, 10, ADA))
            .isInstanceOf(RefusedException.class)
            .hasMessageContaining("others are trying");
      } finally {
        goOn.countDown();
      }
      assertThat(slow.get(20, TimeUnit.SECONDS)).isEmpty();
      assertThat(desk.resubmit(second, ADA)).isEmpty();
    }
    assertThat(store.count()).isZero();
  }

  private static RuntimeException tooMuch() {
    return new UncategorizedSQLException(
        "store", null, new SQLException("out of shared memory", "53200"));
  }

  private long keep(String text) {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    store.add(
        List.of(
            new QuarantineStore.Entry(
                text, "test", "test", 0, 0L, "too much", payload, payload.length, true)));
    return store.ids(new QuarantineStore.Choice("", null, true), 0, 100).getLast();
  }

  private QuarantineDesk desk(Function<byte[], Optional<String>> tryAgain) {
    return new QuarantineDesk(
        store,
        new Halves(tryAgain),
        new TransactionTemplate(new DataSourceTransactionManager(database.dataSource())),
        InstantSource.system(),
        Duration.ofMillis(200));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Records are texts, and each letter can be tried alone. */
  private record Halves(Function<byte[], Optional<String>> tries) implements Resubmission {

    @Override
    public Optional<String> tryAgain(byte[] payload) {
      return tries.apply(payload);
    }

    @Override
    public List<byte[]> halves(byte[] payload) {
      int middle = payload.length / 2;
      return middle == 0
          ? List.of()
          : List.of(
              Arrays.copyOf(payload, middle), Arrays.copyOfRange(payload, middle, payload.length));
    }

    @Override
    public String subject(byte[] payload) {
      return "a letter";
    }

    @Override
    public boolean mayDecide(Authentication who, byte @Nullable [] payload) {
      return true;
    }
  }
}
