package io.linewright.edge.app.reload;

import io.linewright.edge.app.config.EdgeFileException;
import io.linewright.edge.app.config.EdgeFileReader;
import io.linewright.edge.config.EdgeFile;
import java.nio.file.Path;

/**
 * The gateway file as it was read when the gateway started.
 *
 * @param path where it is
 * @param hash of the content that was read
 * @param content what it says
 */
public record GatewayFile(Path path, String hash, EdgeFile content) {

  /**
   * Reads the file.
   *
   * @throws EdgeFileException if it cannot be used
   */
  public static GatewayFile read(Path path) throws EdgeFileException {
    FileContent found = FileContent.of(path);
    byte[] bytes = found.bytes();
    EdgeFile content = bytes == null ? EdgeFileReader.read(path) : EdgeFileReader.read(path, bytes);
    return new GatewayFile(path, found.hash(), content);
  }
}
