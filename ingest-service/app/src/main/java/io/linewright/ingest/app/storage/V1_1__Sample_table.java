package io.linewright.ingest.app.storage;

import io.linewright.ingest.app.IngestSettings;
import io.linewright.kit.timeseries.SeriesStorage;
import java.sql.Statement;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.springframework.stereotype.Component;

/** Creates the table of samples and writes down for good which kind of database carries it. */
@Component
@SuppressWarnings("checkstyle:TypeName") // Flyway reads version and name from the class name
final class V1_1__Sample_table extends BaseJavaMigration {

  private final IngestSettings settings;

  V1_1__Sample_table(IngestSettings settings) {
    this.settings = settings;
  }

  @Override
  public void migrate(Context context) throws Exception {
    SeriesStorage storage = SeriesStorage.choose(context.getConnection(), settings.timescale());
    storage.create(context.getConnection(), SampleTable.DEFINITION);
    try (Statement statement = context.getConnection().createStatement()) {
      statement.execute(
          "CREATE TABLE series_storage (one boolean PRIMARY KEY DEFAULT true CHECK (one), flavour text NOT NULL)");
      statement.execute(
          "INSERT INTO series_storage (flavour) VALUES ('" + storage.flavour() + "')");
    }
  }
}
