package io.linewright.standalone.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and private keys as text (RFC 7468). */
public final class Pem {

  private static final Pattern PRIVATE_KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

  /** The text of certificates, in their order. */
  static String text(List<X509Certificate> certificates) throws GeneralSecurityException {
    StringBuilder text = new StringBuilder();
    for (X509Certificate certificate : certificates) {
      text.append(text("CERTIFICATE", certificate.getEncoded()));
    }
    return text.toString();
  }

  /** The text of a private key, PKCS #8. */
  static String text(PrivateKey key) {
    return text("PRIVATE KEY", key.getEncoded());
  }

  private static String text(String label, byte[] encoded) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, LINES.encodeToString(encoded), label);
  }

  /**
   * All certificates of a file, in their order.
   *
   * @throws GeneralSecurityException if there is none, or one is damaged
   */
  public static List<X509Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      List<X509Certificate> all =
          CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (all.isEmpty()) {
        throw new GeneralSecurityException(file + " holds no certificate");
      }
      return all;
    }
  }

  /**
   * The private key of a file.
   *
   * @throws GeneralSecurityException if there is none that is PKCS #8, not encrypted, EC or RSA
   */
  public static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
    Matcher key = PRIVATE_KEY.matcher(Files.readString(file, StandardCharsets.US_ASCII));
    if (!key.find()) {
      throw new GeneralSecurityException(
          file + " holds no unencrypted PKCS #8 key ('BEGIN PRIVATE KEY')");
    }
    PKCS8EncodedKeySpec spec =
        new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(key.group(1)));
    try {
      return KeyFactory.getInstance("EC").generatePrivate(spec);
    } catch (InvalidKeySpecException otherKind) {
      return KeyFactory.getInstance("RSA").generatePrivate(spec);
    }
  }

  /** Whether the key belongs to the certificate. */
  static boolean belongTogether(PrivateKey key, X509Certificate certificate)
      throws GeneralSecurityException {
    PublicKey open = certificate.getPublicKey();
    if (!open.getAlgorithm().equals(key.getAlgorithm())) {
      return false;
    }
    byte[] probe = certificate.getEncoded();
    String algorithm = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update(probe);
    byte[] signed = signature.sign();
    signature.initVerify(open);
    signature.update(probe);
    return signature.verify(signed);
  }

  private Pem() {}
}
