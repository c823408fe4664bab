package io.linewright.ingest.app.retention;

import io.linewright.ingest.app.retention.StorageState.OfClass;
import io.linewright.ingest.app.retention.StorageState.Table;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Storage", description = "What is stored, how long, and what it takes")
class StorageController {

  /**
   * A table of values, or all partitions of one.
   *
   * @param bytes with its indexes
   * @param rows estimate of the database; 0 until it has looked at the table
   */
  record TableView(String name, long bytes, long rows) {}

  /**
   * How long samples of a data class are kept.
   *
   * @param keep at least so long, ISO 8601; null: for ever
   * @param acceptedFrom older samples are set aside, corrections of them refused; null: none is
   * @param goneBefore samples of one of its tags at least are gone before it; null: none are
   * @param waiting tags with samples that are still to go
   */
  record ClassView(
      String dataClass,
      @Nullable String keep,
      @Nullable Instant acceptedFrom,
      long tags,
      @Nullable Instant goneBefore,
      long waiting) {}

  /**
   * State of the storage.
   *
   * @param flavour plain (PostgreSQL) or timescale
   * @param days how many days have a partition or chunk
   * @param firstDay the first of them, UTC
   * @param lastDay the last of them
   * @param uncompressedDays how many of them are not compressed, or have got samples since
   * @param compressAfter TimescaleDB compresses days that ended so long ago, ISO 8601; null: never
   * @param keepRollups at least so long, ISO 8601; null: for ever
   */
  record StorageView(
      String flavour,
      int days,
      @Nullable LocalDate firstDay,
      @Nullable LocalDate lastDay,
      int uncompressedDays,
      @Nullable String compressAfter,
      List<TableView> tables,
      List<ClassView> classes,
      @Nullable String keepRollups) {}

  private final StorageState state;

  StorageController(StorageState state) {
    this.state = state;
  }

  @GetMapping(path = "/api/v1/storage", produces = "application/json")
  @Operation(
      operationId = "storage",
      summary = "What is stored, how long, and what it takes",
      description =
          "Samples are kept by data class, in whole days of UTC; roll-ups stay when their samples"
              + " have gone. TimescaleDB compresses days that ended compressAfter ago; plain"
              + " PostgreSQL compresses nothing.")
  StorageView storage() {
    List<LocalDate> days = state.days();
    return new StorageView(
        state.flavour(),
        days.size(),
        days.isEmpty() ? null : days.getFirst(),
        days.isEmpty() ? null : days.getLast(),
        state.uncompressed(),
        text(state.compressAfter()),
        state.tables().stream().map(StorageController::view).toList(),
        state.classes().stream().map(StorageController::view).toList(),
        text(state.rollups()));
  }

  private static TableView view(Table table) {
    return new TableView(table.name(), table.bytes(), table.rows());
  }

  private static ClassView view(OfClass one) {
    return new ClassView(
        one.dataClass(),
        text(one.keep()),
        one.acceptedFrom(),
        one.tags(),
        one.goneBefore(),
        one.waiting());
  }

  private static @Nullable String text(@Nullable Duration duration) {
    return duration == null ? null : duration.toString();
  }
}
