package io.linewright.ingest.app.quarantine;

import io.linewright.ingest.imports.ImportMark;
import io.linewright.kit.exactlyonce.SetAside;
import io.linewright.model.telemetry.TelemetryBatch;
import io.linewright.model.telemetry.TelemetryCodec;
import io.linewright.model.telemetry.TelemetryFormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What is set aside of imports: all of it is counted with the import, and the first of it goes to
 * quarantine. Whoever sent the file has it still; if it contradicted a million stored values, a
 * quarantine full of it would hold up the backlogs of all gateways.
 */
public final class ImportedSetAside {

  /** Most records of one import in quarantine. */
  static final int MOST_RECORDS = 100;

  private static final String KEPT =
      "SELECT set_aside_records FROM import WHERE import_id = ? FOR NO KEY UPDATE";

  private static final String COUNT =
      """
      UPDATE import SET set_aside = set_aside + ?, set_aside_records = set_aside_records + ?,
                        set_aside_cause = coalesce(set_aside_cause, ?)
      WHERE import_id = ?
      """;

  private record Part(SetAside what, long samples) {}

  private final JdbcClient jdbc;
  private final Quarantine quarantine;
  private final int maxRecords;

  /**
   * @param maxRecords bound of quarantine, of which imports get half
   */
  public ImportedSetAside(JdbcClient jdbc, Quarantine quarantine, int maxRecords) {
    this.jdbc = jdbc;
    this.quarantine = quarantine;
    this.maxRecords = maxRecords;
  }

  /**
   * Counts what comes from imports, inside the caller's transaction.
   *
   * @return what is to be kept: all that comes from elsewhere or from imports that are not listed
   *     any more, and of the others what they have room for
   */
  public List<SetAside> counted(List<SetAside> refused) {
    List<SetAside> kept = new ArrayList<>(refused.size());
    // In an order, so that two processes that count wait for each other and do not deadlock
    SortedMap<UUID, List<Part>> byImport = new TreeMap<>();
    for (SetAside one : refused) {
      Optional<TelemetryBatch> batch = batch(one);
      Optional<UUID> importId = batch.flatMap(ImportedSetAside::importId);
      if (batch.isPresent() && importId.isPresent()) {
        byImport
            .computeIfAbsent(importId.get(), id -> new ArrayList<>())
            .add(new Part(one, batch.get().sampleCount()));
      } else {
        kept.add(one);
      }
    }
    byImport.forEach((id, parts) -> count(id, parts, kept));
    return kept;
  }

  private void count(UUID id, List<Part> parts, List<SetAside> kept) {
    Optional<Integer> before = jdbc.sql(KEPT).param(id).query(Integer.class).optional();
    if (before.isEmpty()) {
      // Nothing counts them
      parts.forEach(part -> kept.add(part.what()));
      return;
    }
    boolean room = quarantine.lastCount() < maxRecords / 2;
    int more = room ? Math.clamp(MOST_RECORDS - before.get(), 0, parts.size()) : 0;
    parts.stream().limit(more).map(Part::what).forEach(kept::add);
    jdbc.sql(COUNT)
        .params(
            parts.stream().mapToLong(Part::samples).sum(),
            more,
            parts.getFirst().what().cause(),
            id)
        .update();
  }

  private static Optional<TelemetryBatch> batch(SetAside one) {
    try {
      return Optional.of(TelemetryCodec.decode(one.payload()));
    } catch (TelemetryFormatException unreadable) {
      return Optional.empty();
    }
  }

  private static Optional<UUID> importId(TelemetryBatch batch) {
    try {
      return ImportMark.isOn(batch.group())
          ? Optional.of(UUID.fromString(batch.node()))
          : Optional.empty();
    } catch (IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }
}
