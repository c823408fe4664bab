package io.linewright.standalone.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.SortedSet;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The plant's own certification authority (RFC 5280 profiles).
 *
 * @param certificate its certificate
 * @param key its private key
 */
record Issuer(X509Certificate certificate, PrivateKey key) {

  /** How long an authority holds. */
  static final Duration AUTHORITY_VALIDITY = Duration.ofDays(3650);

  /** How long a server's certificate holds: Apple's platforms accept at most 825 days. */
  static final Duration SERVER_VALIDITY = Duration.ofDays(820);

  // For clients whose clocks are behind.
  private static final Duration EARLIER = Duration.ofDays(1);
  private static final int SERIAL_BITS = 127;

  /** A new authority with a name of its own, so that two are never mixed up. */
  static Issuer create(Instant now, SecureRandom random) throws GeneralSecurityException {
    KeyPair pair = newKeys();
    byte[] mark = new byte[4];
    random.nextBytes(mark);
    X500Name name =
        new X500Name(
            "CN=Linewright CA " + java.util.HexFormat.of().formatHex(mark) + ",O=Linewright");
    try {
      X509v3CertificateBuilder builder =
          builder(name, name, pair.getPublic(), now, now.plus(AUTHORITY_VALIDITY), random);
      JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      builder.addExtension(
          Extension.subjectKeyIdentifier, false, ids.createSubjectKeyIdentifier(pair.getPublic()));
      return new Issuer(signed(builder, pair.getPrivate()), pair.getPrivate());
    } catch (IOException cannotEncode) {
      throw new GeneralSecurityException(cannotEncode);
    }
  }

  /**
   * A certificate for a server; it holds no longer than the authority.
   *
   * @param names names and addresses in any order
   */
  X509Certificate issue(PublicKey server, SortedSet<String> names, Instant now, SecureRandom random)
      throws GeneralSecurityException {
    Instant end = now.plus(SERVER_VALIDITY);
    Instant last = certificate.getNotAfter().toInstant();
    X500Name issuer = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    try {
      X509v3CertificateBuilder builder =
          builder(
              issuer,
              new X500Name("CN=Linewright,O=Linewright"),
              server,
              now,
              end.isBefore(last) ? end : last,
              random);
      JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(
          Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
      builder.addExtension(Extension.subjectAlternativeName, false, alternatives(names));
      builder.addExtension(
          Extension.subjectKeyIdentifier, false, ids.createSubjectKeyIdentifier(server));
      builder.addExtension(
          Extension.authorityKeyIdentifier, false, ids.createAuthorityKeyIdentifier(certificate));
      return signed(builder, key);
    } catch (IOException cannotEncode) {
      throw new GeneralSecurityException(cannotEncode);
    }
  }

  /** New keys for an authority or a server. */
  static KeyPair newKeys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static X509v3CertificateBuilder builder(
      X500Name issuer,
      X500Name subject,
      PublicKey key,
      Instant from,
      Instant until,
      SecureRandom random) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(SERIAL_BITS, random).setBit(0),
        Date.from(from.minus(EARLIER)),
        Date.from(until),
        subject,
        key);
  }

  private static GeneralNames alternatives(SortedSet<String> names) {
    return new GeneralNames(
        names.stream()
            .map(
                name ->
                    BindAddress.isLiteral(name)
                        ? new GeneralName(
                            GeneralName.iPAddress, InetAddress.ofLiteral(name).getHostAddress())
                        : new GeneralName(GeneralName.dNSName, name))
            .toArray(GeneralName[]::new));
  }

  private static X509Certificate signed(X509v3CertificateBuilder builder, PrivateKey key)
      throws GeneralSecurityException {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
    } catch (OperatorCreationException cannotSign) {
      throw new GeneralSecurityException(cannotSign);
    }
  }

  /** Leaves out the key. */
  @Override
  public String toString() {
    return "Issuer[" + certificate.getSubjectX500Principal() + "]";
  }
}
