package io.linewright.ingest.app;

import io.linewright.testkit.infrastructure.Database;
import io.linewright.testkit.infrastructure.TestPostgres;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * An empty database for one historian: a schema of its own in the one that {@link Database#named()}
 * finds, so that the same is asked of it; else a database of the embedded PostgreSQL.
 *
 * @param schema to be dropped at the end; empty: it goes with its server
 */
public record HistorianDatabase(Database database, Optional<NamedSchema> schema)
    implements AutoCloseable {

  /**
   * The next one.
   *
   * @param embedded where it is if none is named
   * @param of whose it is, a plain SQL name
   */
  public static HistorianDatabase create(TestPostgres embedded, String of) {
    return Database.named()
        .map(named -> NamedSchema.in(named, of))
        .map(own -> new HistorianDatabase(own.database(), Optional.of(own)))
        .orElseGet(() -> embedded(embedded));
  }

  /** One of the embedded PostgreSQL, whatever is named. */
  public static HistorianDatabase embedded(TestPostgres server) {
    return new HistorianDatabase(
        new Database(server.createDatabase(), TestPostgres.USER, ""), Optional.empty());
  }

  /** Properties with which the historian works in it, besides its address: {@code name=value}. */
  public List<String> properties() {
    return schema.map(NamedSchema::properties).orElse(List.of());
  }

  @Override
  public void close() throws SQLException {
    if (schema.isPresent()) {
      schema.get().drop();
    }
  }
}
