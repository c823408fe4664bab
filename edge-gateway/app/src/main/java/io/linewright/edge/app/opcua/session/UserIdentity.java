package io.linewright.edge.app.opcua.session;

import io.linewright.edge.app.driver.LinkException;
import io.linewright.edge.config.Connection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.eclipse.milo.opcua.sdk.client.identity.AnonymousProvider;
import org.eclipse.milo.opcua.sdk.client.identity.IdentityProvider;
import org.eclipse.milo.opcua.sdk.client.identity.UsernameProvider;
import org.eclipse.milo.opcua.sdk.client.identity.X509IdentityProvider;
import org.eclipse.milo.opcua.stack.core.security.CertificateValidator;

/** Who the gateway says that it is: nobody, a user with password, or the owner of a certificate. */
final class UserIdentity {

  private static final String PEM_BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String PEM_END = "-----END PRIVATE KEY-----";

  /** Files are read anew for each session: a changed password needs no restart. */
  static IdentityProvider of(Connection.OpcUa settings, CertificateValidator validator)
      throws LinkException {
    if (settings.userCertificate().isPresent()) {
      return certificate(settings.userCertificate().get());
    }
    if (settings.username().isEmpty()) {
      return new AnonymousProvider();
    }
    Path file = settings.passwordFile().orElseThrow();
    try {
      return new UsernameProvider(
          settings.username().get(), Files.readString(file).strip(), validator);
    } catch (IOException unreadable) {
      throw new LinkException(
          "password-file " + file + " cannot be read; check that it exists and its permissions",
          unreadable);
    }
  }

  private static IdentityProvider certificate(Connection.UserCertificate files)
      throws LinkException {
    try (InputStream in = Files.newInputStream(files.certificate())) {
      X509Certificate certificate =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
      return new X509IdentityProvider(certificate, key(files.key()));
    } catch (IOException | GeneralSecurityException | IllegalArgumentException unreadable) {
      throw new LinkException(
          "user-certificate "
              + files.certificate()
              + " or user-key "
              + files.key()
              + " cannot be used ("
              + unreadable.getMessage()
              + "); give an X.509 certificate and its unencrypted PKCS#8 key, DER or PEM",
          unreadable);
    }
  }

  private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
    byte[] bytes = Files.readAllBytes(file);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int begin = text.indexOf(PEM_BEGIN);
    int end = text.indexOf(PEM_END);
    if (begin >= 0 && end > begin) {
      bytes = Base64.getMimeDecoder().decode(text.substring(begin + PEM_BEGIN.length(), end));
    }
    return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(bytes));
  }

  private UserIdentity() {}
}
