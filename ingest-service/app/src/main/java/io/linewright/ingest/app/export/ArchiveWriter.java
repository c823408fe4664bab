package io.linewright.ingest.app.export;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * A ZIP file of the tables with the manifest as its last entry. The directory of a ZIP file stands
 * at its end: an archive that was cut off has none, and no program opens it.
 */
final class ArchiveWriter implements TableSink {

  private final ZipOutputStream zip;
  private final JsonMapper json;

  /**
   * @param out is not closed
   */
  ArchiveWriter(OutputStream out, JsonMapper json) {
    this.zip = new ZipOutputStream(out);
    this.json = json;
    zip.setLevel(Deflater.BEST_SPEED);
  }

  @Override
  public OutputStream next(String name) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    return zip;
  }

  /** Writes manifest and directory; without it the archive is none. */
  void finish(Manifest manifest) throws IOException {
    next(Manifest.FILE).write(json.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest));
    zip.finish();
    zip.flush();
  }
}
