package io.linewright.standalone.tls;

import java.nio.file.Path;

/**
 * What servers and clients need, as PEM files.
 *
 * @param certificate the server's certificate first, then those between it and the CA
 * @param key its private key, PKCS #8, mode 600
 * @param ca what clients trust
 */
public record TlsFiles(Path certificate, Path key, Path ca) {}
