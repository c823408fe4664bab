package io.linewright.edge.app.opcua.session;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.security.CertificateValidator;
import org.eclipse.milo.opcua.stack.core.security.DefaultClientCertificateValidator;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.security.MemoryTrustListManager;
import org.eclipse.milo.opcua.stack.core.util.validation.ValidationCheck;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trusts the certificates in a directory and those signed by a CA there. A certificate that is not
 * trusted is stored in {@code rejected/} beside that directory. The directory is read at every
 * connection, so that a newly trusted certificate needs no restart.
 */
final class ServerTrust implements CertificateValidator {

  private static final Logger LOG = LoggerFactory.getLogger(ServerTrust.class);
  private static final Set<ValidationCheck> CHECKS =
      Set.of(ValidationCheck.APPLICATION_URI, ValidationCheck.VALIDITY);

  /** Most rejected certificates kept, so that a hostile server cannot fill the disk. */
  private static final int MAX_REJECTED = 100;

  private final Path trusted;
  private final Path rejected;

  /**
   * @param trusted directory with DER or PEM files
   */
  ServerTrust(Path trusted) {
    this.trusted = trusted;
    this.rejected = trusted.toAbsolutePath().normalize().resolveSibling("rejected");
  }

  @Override
  public void validateCertificateChain(
      List<X509Certificate> chain, @Nullable String applicationUri, @Nullable String[] hostNames)
      throws UaException {
    try {
      validator().validateCertificateChain(chain, applicationUri, hostNames);
    } catch (UaException refused) {
      if (chain.isEmpty()) {
        throw refused;
      }
      throw new UaException(refused.getStatusCode().value(), advice(chain.getFirst(), refused));
    }
  }

  private DefaultClientCertificateValidator validator() throws UaException {
    MemoryTrustListManager list = new MemoryTrustListManager();
    list.setTrustedCertificates(load());
    return new DefaultClientCertificateValidator(list, CHECKS, new MemoryCertificateQuarantine());
  }

  private List<X509Certificate> load() throws UaException {
    List<X509Certificate> certificates = new ArrayList<>();
    if (!Files.isDirectory(trusted)) {
      return certificates;
    }
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(trusted, "*.{der,crt,cer,pem,DER,CRT,CER,PEM}")) {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (Path file : files) {
        try (InputStream in = Files.newInputStream(file)) {
          factory.generateCertificates(in).forEach(c -> certificates.add((X509Certificate) c));
        } catch (CertificateException notACertificate) {
          LOG.warn("{} is no certificate and is not used; remove it", file);
        }
      }
    } catch (IOException | CertificateException unreadable) {
      throw new UaException(
          StatusCodes.Bad_CertificateInvalid,
          "trust-dir " + trusted + " cannot be read; check its permissions",
          unreadable);
    }
    return certificates;
  }

  private String advice(X509Certificate certificate, UaException refused) {
    String subject = certificate.getSubjectX500Principal().getName();
    try {
      Path copy = store(certificate);
      return "the server's certificate ("
          + subject
          + ") is not accepted ("
          + refused.getStatusCode()
          + "); it was stored as "
          + copy
          + "; if it is your server's, move it to "
          + trusted;
    } catch (IOException | GeneralSecurityException notStored) {
      LOG.warn("cannot store the rejected certificate in {}", rejected, notStored);
      return "the server's certificate (" + subject + ") is not accepted; put it into " + trusted;
    }
  }

  private Path store(X509Certificate certificate) throws IOException, GeneralSecurityException {
    byte[] der = certificate.getEncoded();
    String thumbprint =
        HexFormat.of()
            .formatHex(MessageDigest.getInstance("SHA-1").digest(der)); // as OPC UA names it
    Path copy = rejected.resolve(thumbprint + ".der");
    Files.createDirectories(rejected);
    try (var files = Files.list(rejected)) {
      if (!Files.exists(copy) && files.limit(MAX_REJECTED).count() == MAX_REJECTED) {
        throw new IOException(rejected + " holds " + MAX_REJECTED + " files; clear it");
      }
    }
    Files.write(copy, der);
    return copy;
  }
}
