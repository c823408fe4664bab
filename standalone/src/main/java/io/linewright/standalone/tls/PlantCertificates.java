package io.linewright.standalone.tls;

import io.linewright.standalone.StartFailure;
import io.linewright.standalone.data.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plant's own authority and the certificate of its servers, in one directory: {@code ca.pem},
 * {@code ca-key.pem}, {@code server.pem}, {@code server-key.pem}.
 */
public final class PlantCertificates {

  /** With less time left, a certificate is made anew. */
  static final Duration RENEWAL = Duration.ofDays(30);

  private static final Logger log = LoggerFactory.getLogger(PlantCertificates.class);

  private final Path caFile;
  private final Path caKeyFile;
  private final Path serverFile;
  private final Path serverKeyFile;
  private final Instant now;
  private final SecureRandom random;

  private PlantCertificates(Path directory, Instant now, SecureRandom random) {
    this.caFile = directory.resolve("ca.pem");
    this.caKeyFile = directory.resolve("ca-key.pem");
    this.serverFile = directory.resolve("server.pem");
    this.serverKeyFile = directory.resolve("server-key.pem");
    this.now = now;
    this.random = random;
  }

  /**
   * Makes what is missing, and anew what does not fit any longer: a server's certificate with other
   * names or less than 30 days left; an authority only when it ends itself, because every client
   * has a copy of it.
   *
   * @param directory made if absent
   * @param names all that the server's certificate must hold
   * @throws StartFailure if the files cannot be used; they are left as they are
   */
  public static TlsFiles provide(
      Path directory, SortedSet<String> names, Instant now, SecureRandom random)
      throws StartFailure {
    try {
      PrivateFiles.createDirectory(directory);
      // Others on this machine may read ca.pem; the keys are closed to them one by one.
      mode(directory, "rwxr-xr-x");
      PlantCertificates files = new PlantCertificates(directory, now, random);
      Issuer authority = files.authority();
      if (!files.serverFits(authority, names)) {
        files.makeServer(authority, names);
      }
      return new TlsFiles(files.serverFile, files.serverKeyFile, files.caFile);
    } catch (IOException | GeneralSecurityException unusable) {
      throw new StartFailure(
          "The certificates in "
              + directory
              + " cannot be used: "
              + unusable.getMessage()
              + ". Restore them, or delete the directory to get new ones; clients then need the new"
              + " ca.pem.",
          unusable);
    }
  }

  private Issuer authority() throws IOException, GeneralSecurityException {
    // The key is written first: without ca.pem nobody has a copy of it yet.
    if (!Files.exists(caFile)) {
      return makeAuthority();
    }
    X509Certificate certificate = Pem.certificates(caFile).getFirst();
    if (!holds(certificate)) {
      log.warn("The authority in {} ends; clients need the new one", caFile);
      return makeAuthority();
    }
    PrivateKey key = Pem.privateKey(caKeyFile);
    if (!Pem.belongTogether(key, certificate)) {
      throw new GeneralSecurityException(caKeyFile + " is not the key of " + caFile);
    }
    return new Issuer(certificate, key);
  }

  private Issuer makeAuthority() throws IOException, GeneralSecurityException {
    Issuer authority = Issuer.create(now, random);
    Files.deleteIfExists(caFile);
    PrivateFiles.write(caKeyFile, Pem.text(authority.key()));
    PrivateFiles.write(caFile, Pem.text(List.of(authority.certificate())));
    mode(caFile, "rw-r--r--");
    log.info("Made the authority {}", authority.certificate().getSubjectX500Principal());
    return authority;
  }

  private boolean serverFits(Issuer authority, SortedSet<String> names) throws IOException {
    if (!Files.exists(serverFile) || !Files.exists(serverKeyFile)) {
      return false;
    }
    try {
      X509Certificate certificate = Pem.certificates(serverFile).getFirst();
      certificate.verify(authority.certificate().getPublicKey());
      return holds(certificate)
          && namesOf(certificate).equals(names)
          && Pem.belongTogether(Pem.privateKey(serverKeyFile), certificate);
    } catch (GeneralSecurityException damagedOrOfAnother) {
      log.warn("{} is made anew: {}", serverFile, damagedOrOfAnother.getMessage());
      return false;
    }
  }

  private void makeServer(Issuer authority, SortedSet<String> names)
      throws IOException, GeneralSecurityException {
    KeyPair keys = Issuer.newKeys();
    X509Certificate certificate = authority.issue(keys.getPublic(), names, now, random);
    PrivateFiles.write(serverKeyFile, Pem.text(keys.getPrivate()));
    PrivateFiles.write(serverFile, Pem.text(List.of(certificate)));
    log.info("Made a certificate for {} until {}", names, certificate.getNotAfter().toInstant());
  }

  private boolean holds(X509Certificate certificate) {
    return certificate.getNotAfter().toInstant().isAfter(now.plus(RENEWAL))
        && !certificate.getNotBefore().toInstant().isAfter(now);
  }

  /** The names and addresses in a certificate; addresses in Java's notation. */
  static SortedSet<String> namesOf(X509Certificate certificate) throws GeneralSecurityException {
    SortedSet<String> names = new TreeSet<>();
    var alternatives = certificate.getSubjectAlternativeNames();
    if (alternatives != null) {
      alternatives.forEach(alternative -> names.add(String.valueOf(alternative.get(1))));
    }
    return names;
  }

  private static void mode(Path file, String mode) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }
  }
}
