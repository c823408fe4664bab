package io.linewright.standalone.mqtt;

import io.linewright.standalone.data.PrivateFiles;
import io.linewright.standalone.tls.Pem;
import io.linewright.standalone.tls.TlsFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.HexFormat;

/**
 * The broker reads its key and certificate from a key store only; it is made anew at each start.
 *
 * @param file PKCS #12
 * @param password of the file and of the key in it
 */
record BrokerKeyStore(Path file, String password) {

  private static final int PASSWORD_BYTES = 16;

  static BrokerKeyStore write(Path file, TlsFiles tls) throws IOException {
    byte[] random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    String password = HexFormat.of().formatHex(random);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "server",
          Pem.privateKey(tls.key()),
          password.toCharArray(),
          Pem.certificates(tls.certificate()).toArray(Certificate[]::new));
      store.store(bytes, password.toCharArray());
    } catch (GeneralSecurityException unusable) {
      throw new IOException(
          tls.certificate() + " or " + tls.key() + " cannot be used: " + unusable.getMessage(),
          unusable);
    }
    PrivateFiles.write(file, bytes.toByteArray());
    return new BrokerKeyStore(file, password);
  }

  /** Leaves out the password. */
  @Override
  public String toString() {
    return "BrokerKeyStore[" + file + "]";
  }
}
