package io.linewright.ingest.app.restore;

import io.linewright.ingest.app.export.CsvCopy;
import io.linewright.ingest.app.export.ExportTables;
import io.linewright.ingest.app.export.Manifest;
import io.linewright.ingest.app.storage.SampleTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How far an installation has been made from an archive. */
final class RestoreState {

  private static final String KNOWN =
      "/* read */ SELECT manifest, ended_at IS NOT NULL FROM restore";
  private static final String BEGIN = "INSERT INTO restore (manifest, began_at) VALUES (?, now())";
  private static final String END = "UPDATE restore SET ended_at = now() WHERE ended_at IS NULL";

  /** An installation that has consumed anything is not empty either. */
  private static final String CONSUMED = "consumer_offset";

  private record Known(String manifest, boolean ended) {}

  private RestoreState() {}

  /** Whether one has begun and not ended. */
  static boolean unfinished(Connection connection) throws SQLException {
    return known(connection).filter(known -> !known.ended()).isPresent();
  }

  /**
   * Begins, or goes on.
   *
   * @return false if this archive has been restored already
   * @throws RestoreException if this installation cannot be made from it
   */
  static boolean begin(Connection connection, Archive archive, SampleTable samples)
      throws SQLException {
    Optional<Known> known = known(connection);
    if (known.isPresent()) {
      if (!known.get().manifest().equals(archive.sum())) {
        throw new RestoreException(
            "this installation is made from another archive than %s; use an empty database"
                .formatted(archive.file()));
      }
      return !known.get().ended();
    }
    requireSameSchema(connection, archive);
    requireEmpty(connection, samples);
    try (PreparedStatement statement = connection.prepareStatement(BEGIN)) {
      statement.setString(1, archive.sum());
      statement.executeUpdate();
    }
    return true;
  }

  /** Ends it, in the transaction of its last rows. */
  static void end(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(END);
    }
  }

  private static Optional<Known> known(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(KNOWN)) {
      return row.next()
          ? Optional.of(new Known(row.getString(1), row.getBoolean(2)))
          : Optional.empty();
    }
  }

  private static void requireSameSchema(Connection connection, Archive archive)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("/* read */ SELECT " + Manifest.SCHEMA_OF_DATABASE)) {
      row.next();
      if (!row.getString(1).equals(archive.manifest().schema())) {
        throw new RestoreException(
            ("%s was made by another version: its migrations are %s, those of this database %s."
                    + " Restore it with the version that made it, then start this one")
                .formatted(archive.file(), archive.manifest().schema(), row.getString(1)));
      }
    }
  }

  private static void requireEmpty(Connection connection, SampleTable samples) throws SQLException {
    List<String> names =
        Stream.concat(
                Stream.of(CONSUMED), ExportTables.ALL.stream().map(ExportTables.Exported::name))
            .toList();
    for (String name : names) {
      if (CsvCopy.any(connection, "SELECT FROM " + name)) {
        throw notEmpty(name + " has rows");
      }
    }
    for (LocalDate day : samples.days(connection)) {
      if (CsvCopy.any(connection, ExportTables.samplesOf(day, ""))) {
        throw notEmpty("there are samples of " + day);
      }
    }
  }

  private static RestoreException notEmpty(String what) {
    return new RestoreException(
        "only an empty installation can be made from an archive, but %s; use an empty database"
            .formatted(what));
  }
}
