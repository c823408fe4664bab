package io.linewright.ingest.app.export;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@RestController
@Tag(name = "Export", description = "Everything as one archive, and its checksums")
class ExportController {

  private final DataSource dataSource;
  private final Exporter exporter;
  private final ExportSettings settings;
  private final JsonMapper json;

  ExportController(
      DataSource dataSource, Exporter exporter, ExportSettings settings, JsonMapper json) {
    this.dataSource = dataSource;
    this.exporter = exporter;
    this.settings = settings;
    this.json = json;
  }

  @GetMapping(path = "/api/v1/export")
  @Operation(
      operationId = "export",
      summary = "Everything as one archive",
      description =
          "For admins. A ZIP file of one moment: a CSV file for each UTC day of samples"
              + " (sample/2026-11-30.csv) and for each other table, and at its end manifest.json"
              + " with rows and SHA-256 of each. An archive that was cut off has no directory and"
              + " cannot be opened; it is cut off if it takes longer than max-duration or its client"
              + " takes less than min-rate. One export or count of checksums at a time: 409"
              + " otherwise.",
      responses =
          @ApiResponse(
              responseCode = "200",
              content =
                  @Content(
                      mediaType = "application/zip",
                      schema = @Schema(type = "string", format = "binary"))))
  void export(HttpServletResponse response) throws IOException {
    try (Snapshot snapshot = Snapshot.take(dataSource, settings)) {
      response.setContentType("application/zip");
      response.setHeader("Content-Disposition", "attachment; filename=\"linewright-export.zip\"");
      // From here on a failure breaks the answer off: no problem may stand in the archive
      response.flushBuffer();
      ArchiveWriter archive = new ArchiveWriter(snapshot.watched(response.getOutputStream()), json);
      archive.finish(exporter.export(snapshot, archive));
    } catch (SQLException failed) {
      throw new DataAccessResourceFailureException("the export failed", failed);
    }
  }

  @GetMapping(path = "/api/v1/checksums", produces = "application/json")
  @Operation(
      operationId = "checksums",
      summary = "Rows and checksums of all tables",
      description =
          "For admins. The manifest that an export would have now. All is read for it, so the"
              + " answer takes as long as an export. One export or count of checksums at a time:"
              + " 409 otherwise.")
  Manifest checksums() throws IOException {
    try (Snapshot snapshot = Snapshot.take(dataSource, settings)) {
      return exporter.export(snapshot, TableSink.NOWHERE);
    } catch (SQLException failed) {
      throw new DataAccessResourceFailureException("the checksums cannot be computed", failed);
    }
  }
}
