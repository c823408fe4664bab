package io.linewright.ingest.app;

import static io.linewright.ingest.app.PlantTraffic.doubles;
import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.model.topic.Topic;
import io.linewright.testkit.infrastructure.Database;
import io.linewright.testkit.infrastructure.OnNamedDatabase;
import io.linewright.testkit.infrastructure.Servers;
import io.linewright.testkit.infrastructure.TestKafka;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The same questions and answers as on the embedded PostgreSQL, on the server that is named:
 * migrations, COPY, staging, pages, last values. It works in a schema of its own and drops it at
 * the end.
 */
@OnNamedDatabase
class NamedFlowTest extends IngestFlowTest {

  private final NamedSchema schema = NamedSchema.in(Database.named().orElseThrow(), "flow");

  @Override
  Database database(Servers servers) {
    return schema.database();
  }

  /** Its own, so that no other test's records are in the topics. */
  @Override
  TestKafka kafka(Servers servers) {
    return TestKafka.start();
  }

  @Override
  List<String> properties() {
    return schema.properties();
  }

  @AfterAll
  void dropSchema() throws SQLException {
    schema.drop();
    kafka().close();
  }

  @Test
  void samplesAreStoredAsTheServerCan() {
    String device = "acme/graz/machining/line-1/hyper-01";
    plant().send(Topic.TELEMETRY, doubles(device, "t", now(), 1));
    awaitSamples(device + "#t", 1);
    JdbcClient jdbc = service().context().getBean(JdbcClient.class);
    String flavour = jdbc.sql("SELECT flavour FROM series_storage").query(String.class).single();
    String kind =
        jdbc.sql("SELECT relkind::text FROM pg_class WHERE oid = 'sample'::regclass")
            .query(String.class)
            .single();

    if (!schema.database().isTimescale()) {
      assertThat(flavour).isEqualTo("plain");
      assertThat(kind).as("a partitioned table").isEqualTo("p");
      return;
    }
    assertThat(flavour).isEqualTo("timescale");
    assertThat(inCatalogue(jdbc, "hypertables")).isOne();
    assertThat(inCatalogue(jdbc, "chunks")).isPositive();
    assertThat(kind).as("an ordinary table, not a partitioned one").isEqualTo("r");
  }

  private long inCatalogue(JdbcClient jdbc, String view) {
    return jdbc.sql(
            "SELECT count(*) FROM timescaledb_information."
                + view
                + " WHERE hypertable_schema = ? AND hypertable_name = 'sample'")
        .param(schema.name())
        .query(Long.class)
        .single();
  }
}
