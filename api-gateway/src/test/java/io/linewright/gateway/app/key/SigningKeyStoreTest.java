package io.linewright.gateway.app.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.gateway.app.support.SettableClock;
import io.linewright.testkit.infrastructure.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SigningKeyStoreTest {

  private final TestPostgres postgres = TestPostgres.start();
  private final DriverManagerDataSource source =
      new DriverManagerDataSource(postgres.createDatabase(), TestPostgres.USER, "");
  private final JdbcClient jdbc = JdbcClient.create(source);
  private final TransactionTemplate transaction =
      new TransactionTemplate(new JdbcTransactionManager(source));
  private SettableClock clock = new SettableClock();

  @BeforeEach
  void emptyTable() {
    clock = new SettableClock();
    jdbc.sql("drop table if exists signing_key").update();
    jdbc.sql(
            "create table signing_key (key_id varchar(64) primary key, created_at timestamptz not"
                + " null, private_key bytea not null)")
        .update();
  }

  @AfterAll
  void stop() {
    postgres.close();
  }

  @Test
  void makesOneKeyAndKeepsIt(@TempDir Path directory) {
    List<String> first = store(directory).load().ids();

    clock.pass(Duration.ofDays(30));
    assertThat(first).hasSize(1);
    assertThat(store(directory).load().ids()).isEqualTo(first);
  }

  @Test
  void rotatesByAddingAndDropsAKeyOnlyADayAfterItsSuccessor(@TempDir Path directory) {
    List<String> first = store(directory).load().ids();

    clock.pass(Duration.ofDays(91));
    List<String> second = store(directory).load().ids();
    assertThat(second).hasSize(2).last().isEqualTo(first.getFirst());

    clock.pass(Duration.ofHours(23));
    assertThat(store(directory).load().ids()).isEqualTo(second);
    clock.pass(Duration.ofHours(2));
    assertThat(store(directory).load().ids()).containsExactly(second.getFirst());
  }

  @Test
  void saysWhatToDoWhenTheMasterKeyIsMissing(@TempDir Path directory) throws Exception {
    store(directory).load();
    Files.delete(directory.resolve("master.key"));

    assertThatThrownBy(() -> store(directory).load())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("master.key is missing")
        .hasMessageContaining("restore");
  }

  @Test
  void refusesKeysThatAnotherMasterKeySealed(@TempDir Path directory) throws Exception {
    store(directory).load();
    Files.write(directory.resolve("master.key"), new byte[32]);

    assertThatThrownBy(() -> store(directory).load())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("cannot be opened");
  }

  private SigningKeyStore store(Path directory) {
    return new SigningKeyStore(
        jdbc,
        transaction,
        new KeySettings(directory.resolve("master.key"), Duration.ofDays(90)),
        clock);
  }
}
