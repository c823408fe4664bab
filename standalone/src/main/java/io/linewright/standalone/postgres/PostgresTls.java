package io.linewright.standalone.postgres;

import io.linewright.standalone.tls.TlsFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Key, certificate and rules of access, owned by the server's account; it refuses a key that
 * somebody else owns.
 *
 * @param directory holds them
 */
record PostgresTls(Path directory) {

  private static final String RULES =
      """
      # Written at every start; changes here are lost. Nobody connects without TLS.
      hostssl all all all scram-sha-256
      """;

  /**
   * Copies key and certificate for the server.
   *
   * @param place directory of programs and data, which the account may enter
   */
  static PostgresTls prepare(Path place, TlsFiles files, Account account) throws IOException {
    Path directory = Files.createDirectories(place.resolve("tls"));
    Files.copy(
        files.certificate(), directory.resolve("server.pem"), StandardCopyOption.REPLACE_EXISTING);
    Path key = directory.resolve("server-key.pem");
    Files.deleteIfExists(key);
    Files.createFile(
        key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(key, Files.readAllBytes(files.key()));
    Files.writeString(directory.resolve("pg_hba.conf"), RULES);
    account.own(directory);
    return new PostgresTls(directory);
  }

  /** The server's settings. */
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("ssl", "on");
    settings.put("ssl_cert_file", directory.resolve("server.pem").toString());
    settings.put("ssl_key_file", directory.resolve("server-key.pem").toString());
    settings.put("hba_file", directory.resolve("pg_hba.conf").toString());
    return settings;
  }
}
