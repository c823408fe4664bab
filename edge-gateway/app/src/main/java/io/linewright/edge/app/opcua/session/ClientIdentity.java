package io.linewright.edge.app.opcua.session;

import io.linewright.edge.app.driver.LinkException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Period;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateBuilder;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateGenerator;

/**
 * The gateway's own application certificate: made once, kept in {@code own/} of its PKI directory.
 * The certificate alone lies beside it for the servers that must trust it.
 *
 * @param keyPair private and public key, RSA 2048 bits
 * @param certificate self-signed
 * @param applicationUri URI inside the certificate
 */
record ClientIdentity(KeyPair keyPair, X509Certificate certificate, String applicationUri) {

  private static final String ALIAS = "gateway";
  private static final int KEY_BITS = 2048;
  private static final Period VALIDITY = Period.ofYears(10);

  /** Protects nothing by itself: the file's mode does. */
  private static final char[] STORE_PASSWORD = "linewright".toCharArray();

  /**
   * The identity of the gateway, made if there is none.
   *
   * @param pki PKI directory of the gateway
   * @param gateway {@code group/node}, part of the application URI
   */
  static ClientIdentity of(Path pki, String gateway) throws LinkException {
    String uri = "urn:linewright:edge:" + gateway.replace('/', ':');
    Path store = pki.resolve("own").resolve("gateway.p12");
    try {
      return Files.exists(store) ? load(store, uri) : create(store, uri);
    } catch (Exception broken) { // Milo's builder declares Exception
      throw new LinkException(
          "the gateway's certificate in "
              + store
              + " cannot be read or made ("
              + broken
              + "); check permissions and disk, or delete it to have a new one made",
          broken);
    }
  }

  private static ClientIdentity load(Path store, String uri)
      throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, STORE_PASSWORD);
    }
    if (keys.getKey(ALIAS, STORE_PASSWORD) instanceof PrivateKey key
        && keys.getCertificate(ALIAS) instanceof X509Certificate certificate) {
      return new ClientIdentity(new KeyPair(certificate.getPublicKey(), key), certificate, uri);
    }
    throw new GeneralSecurityException("it holds no key '" + ALIAS + "'");
  }

  private static ClientIdentity create(Path store, String uri) throws Exception {
    KeyPair pair = SelfSignedCertificateGenerator.generateRsaKeyPair(KEY_BITS);
    X509Certificate certificate =
        new SelfSignedCertificateBuilder(pair)
            .setCommonName("Linewright edge gateway")
            .setOrganization("Linewright")
            .setApplicationUri(uri)
            .setValidityPeriod(VALIDITY)
            .build();
    Path directory = store.resolveSibling("");
    Files.createDirectories(directory);
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    keys.setKeyEntry(ALIAS, pair.getPrivate(), STORE_PASSWORD, new X509Certificate[] {certificate});
    Path draft = store.resolveSibling("gateway.p12.new");
    Files.deleteIfExists(draft);
    Files.createFile(
        draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (OutputStream out = Files.newOutputStream(draft)) {
      keys.store(out, STORE_PASSWORD);
    }
    Files.write(store.resolveSibling("gateway.der"), certificate.getEncoded());
    Files.move(draft, store);
    return new ClientIdentity(pair, certificate, uri);
  }
}
