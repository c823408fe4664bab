package io.linewright.simulator.opcua;

import static org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateGenerator.generateRsaKeyPair;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Period;
import java.util.HexFormat;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateBuilder;

/**
 * Who the server is: its key and certificate, made once and kept in a directory.
 *
 * @param keyPair RSA, 2048 bits
 * @param certificate self-signed, with {@link #APPLICATION_URI}
 */
public record ServerIdentity(KeyPair keyPair, X509Certificate certificate) {

  /** Application URI in the certificate and in the server's description. */
  public static final String APPLICATION_URI = "urn:linewright:plant-simulator";

  private static final String ALIAS = "plant-simulator";
  private static final int KEY_BITS = 2048;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  /**
   * Reads the identity, or makes it if there is none yet. A certificate that does not name the host
   * is made anew with the same key, because clients compare it with the address they connect to.
   *
   * @param host name or address by which clients reach the server
   * @param directory exists; gets {@code server.p12} and {@code server-keystore-password}
   * @throws IOException if the files cannot be read or written, or are damaged
   */
  public static ServerIdentity loadOrCreate(Path directory, String host) throws IOException {
    Path file = directory.resolve("server.p12");
    char[] password = secret(directory.resolve("server-keystore-password")).toCharArray();
    try {
      if (!Files.exists(file)) {
        return create(file, password, generateRsaKeyPair(KEY_BITS), host);
      }
      ServerIdentity kept = read(file, password);
      return kept.names(host) ? kept : create(file, password, kept.keyPair(), host);
    } catch (GeneralSecurityException e) {
      throw new IOException(
          file + " cannot be used: " + e.getMessage() + "; delete it to get a new one", e);
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("cannot make a certificate: " + e.getMessage(), e);
    }
  }

  /** Reads a secret from a file, or writes a new random one into it, readable by its owner only. */
  public static String secret(Path file) throws IOException {
    if (!Files.exists(file)) {
      byte[] random = new byte[16];
      new SecureRandom().nextBytes(random);
      writePrivately(file, HexFormat.of().formatHex(random).getBytes(StandardCharsets.US_ASCII));
    }
    return Files.readString(file).strip();
  }

  /** Writes the certificate (DER) where others look for those they trust. */
  public Path exportTo(Path trustDirectory) throws IOException {
    Files.createDirectories(trustDirectory);
    try {
      return Files.write(trustDirectory.resolve("plant-simulator.der"), certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot encode the certificate: " + e.getMessage(), e);
    }
  }

  private static ServerIdentity read(Path file, char[] password)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(file.toFile(), password);
    if (store.getKey(ALIAS, password) instanceof PrivateKey key
        && store.getCertificate(ALIAS) instanceof X509Certificate certificate) {
      return new ServerIdentity(new KeyPair(certificate.getPublicKey(), key), certificate);
    }
    throw new IOException(file + " has no entry '" + ALIAS + "'; delete it to get a new one");
  }

  private boolean names(String host) throws GeneralSecurityException {
    return certificate.getSubjectAlternativeNames().stream()
        .anyMatch(name -> host.equals(name.get(1)) || sameAddress(host, name.get(1)));
  }

  private static boolean sameAddress(String host, Object name) {
    return isAddress(host) && InetAddress.ofLiteral(host).getHostAddress().equals(name);
  }

  private static boolean isAddress(String host) {
    return host.contains(":") || host.matches("[0-9.]+");
  }

  private static ServerIdentity create(Path file, char[] password, KeyPair pair, String host)
      throws Exception {
    SelfSignedCertificateBuilder builder =
        new SelfSignedCertificateBuilder(pair)
            .setCommonName("Linewright plant simulator")
            .setOrganization("Linewright")
            .setApplicationUri(APPLICATION_URI)
            .setValidityPeriod(Period.ofYears(10))
            .addDnsName("localhost")
            .addIpAddress("127.0.0.1");
    if (isAddress(host) && !host.equals("127.0.0.1")) {
      builder.addIpAddress(host);
    } else if (!isAddress(host) && !host.equals("localhost")) {
      builder.addDnsName(host);
    }
    X509Certificate certificate = builder.build();
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, password);
    store.setKeyEntry(ALIAS, pair.getPrivate(), password, new X509Certificate[] {certificate});
    var bytes = new java.io.ByteArrayOutputStream();
    store.store(bytes, password);
    writePrivately(file, bytes.toByteArray());
    return new ServerIdentity(pair, certificate);
  }

  private static void writePrivately(Path file, byte[] content) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(fresh, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      Files.write(fresh, content);
    } else {
      Files.write(fresh, content, StandardOpenOption.CREATE_NEW);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
