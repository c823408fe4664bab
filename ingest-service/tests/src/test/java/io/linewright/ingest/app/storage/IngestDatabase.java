package io.linewright.ingest.app.storage;

import com.zaxxer.hikari.HikariDataSource;
import io.linewright.ingest.app.IngestSettings;
import io.linewright.testkit.infrastructure.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The historian's tables without the historian. */
public final class IngestDatabase {

  private static final int CONNECTIONS = 12;

  private final HikariDataSource dataSource = new HikariDataSource();
  private final String schema;

  private IngestDatabase(Database database, String schema) {
    this.schema = schema;
    dataSource.setJdbcUrl(database.url());
    dataSource.setUsername(database.user());
    dataSource.setPassword(database.password());
    dataSource.addDataSourceProperty("currentSchema", schema);
    dataSource.addDataSourceProperty("ApplicationName", IngestPosition.SESSIONS);
    dataSource.setMaximumPoolSize(CONNECTIONS);
  }

  /** Makes the tables in a schema of that name. */
  public static IngestDatabase create(Database database, String schema) {
    IngestDatabase made = new IngestDatabase(database, schema);
    IngestSettings settings =
        new IngestSettings(
            "auto",
            Duration.ofDays(7320),
            Duration.ofDays(1),
            10_000,
            Duration.ofMillis(250),
            500,
            Duration.ofSeconds(25));
    Flyway.configure()
        .dataSource(made.dataSource)
        .defaultSchema(schema)
        .schemas(schema)
        .locations("classpath:db/kit", "classpath:db/ingest")
        .javaMigrations(new V1_1__Sample_table(settings))
        .load()
        .migrate();
    return made;
  }

  public DataSource dataSource() {
    return dataSource;
  }

  /** Makes room for these days. */
  public void ensure(Collection<LocalDate> days) {
    samples().ensure(days);
  }

  /** The table of samples. */
  public SampleTable samples() {
    return new SampleTable(dataSource, JdbcClient.create(dataSource));
  }

  /** Takes the schema away. */
  public void drop() throws SQLException {
    try (dataSource;
        Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP SCHEMA " + schema + " CASCADE");
    }
  }
}
