package io.linewright.ingest.app.restore;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * From what an empty installation is made.
 *
 * @param archive path of a ZIP file of {@code GET /api/v1/export}; empty: none
 */
@ConfigurationProperties("linewright.ingest.restore")
record RestoreSettings(@DefaultValue("") String archive) {

  @Nullable Path file() {
    return archive.isBlank() ? null : Path.of(archive);
  }
}
