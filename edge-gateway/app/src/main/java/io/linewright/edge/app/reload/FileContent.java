package io.linewright.edge.app.reload;

import io.linewright.edge.app.config.EdgeFileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What a file held when it was looked at.
 *
 * @param hash tells contents apart: the SHA-256, or why there is none
 * @param bytes the content; null if it cannot be read
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, compared by its hash
record FileContent(String hash, byte @Nullable [] bytes) {

  private static final int SHOWN = 12;

  static FileContent of(Path file) {
    try {
      if (Files.size(file) > EdgeFileReader.MAX_BYTES) {
        return new FileContent("too large", null);
      }
      byte[] bytes = Files.readAllBytes(file);
      return new FileContent(HexFormat.of().formatHex(sha256().digest(bytes)), bytes);
    } catch (IOException unreadable) {
      return new FileContent(unreadable.getClass().getName(), null);
    }
  }

  /** As it is shown: its first 12 digits. */
  static String shown(String hash) {
    return hash.substring(0, Math.min(SHOWN, hash.length()));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
