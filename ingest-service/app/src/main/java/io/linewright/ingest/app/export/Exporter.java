package io.linewright.ingest.app.export;

import io.linewright.ingest.app.export.ExportTables.Exported;
import io.linewright.ingest.app.export.Manifest.DaySum;
import io.linewright.ingest.app.export.Manifest.TableSum;
import io.linewright.ingest.app.storage.SampleTable;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Reads all tables of a snapshot, a day of samples or a table at a time, and sums them up. */
final class Exporter {

  /** Also the first question, and so the moment of the snapshot. */
  private static final String STATE = "/* read */ SELECT now(), " + Manifest.SCHEMA_OF_DATABASE;

  private record State(Instant at, String schema) {}

  private final SampleTable samples;

  Exporter(SampleTable samples) {
    this.samples = samples;
  }

  /** Hands all tables to a sink. */
  Manifest export(Snapshot snapshot, TableSink sink) throws SQLException, IOException {
    State state = state(snapshot);
    List<TableSum> tables = new ArrayList<>();
    List<DaySum> days = new ArrayList<>();
    Sum ofSamples = new Sum();
    long rows = 0;
    for (LocalDate day : samples.days(snapshot.connection())) {
      // A day that has room only must not change the sums: the other database has none for it
      if (!CsvCopy.any(snapshot.connection(), ExportTables.samplesOf(day, ""))) {
        continue;
      }
      Sum ofDay = new Sum();
      long ofDayRows =
          CsvCopy.out(
              snapshot.connection(),
              ExportTables.samplesOf(day, ExportTables.SAMPLE_ORDER),
              ofDay.of(ofSamples.of(sink.next(DaySum.fileOf(day)))));
      rows += ofDayRows;
      days.add(new DaySum(day, ofDayRows, ofDay.hex()));
    }
    tables.add(new TableSum(ExportTables.SAMPLE, rows, ofSamples.hex()));
    for (Exported table : ExportTables.ALL) {
      Sum sum = new Sum();
      long ofTable =
          CsvCopy.out(snapshot.connection(), table.select(), sum.of(sink.next(table.file())));
      tables.add(new TableSum(table.name(), ofTable, sum.hex()));
    }
    return new Manifest(Manifest.FORMAT, state.schema(), state.at(), tables, days);
  }

  private static State state(Snapshot snapshot) throws SQLException {
    try (Statement statement = snapshot.connection().createStatement();
        ResultSet row = statement.executeQuery(STATE)) {
      row.next();
      return new State(row.getObject(1, OffsetDateTime.class).toInstant(), row.getString(2));
    }
  }
}
