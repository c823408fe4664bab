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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A directory of trusted certificates and {@code rejected/} beside it. Nothing else decides whom
 * the gateway trusts, so moving a file is all that accepting and rejecting are.
 */
public final class TrustStore {

  /** Name patterns of certificate files. */
  static final String FILES = "*.{der,crt,cer,pem,DER,CRT,CER,PEM}";

  /** Fewest digits by which a certificate may be named. */
  private static final int LEAST_DIGITS = 8;

  private final Path trusted;
  private final Path rejected;

  /**
   * @param trusted directory with DER or PEM files; need not exist
   */
  public TrustStore(Path trusted) {
    this.trusted = trusted.toAbsolutePath().normalize();
    this.rejected = this.trusted.resolveSibling("rejected");
  }

  /**
   * One certificate.
   *
   * @param thumbprint SHA-1 of its DER form, as OPC UA names certificates, lower case
   * @param certificate the first one of the file
   * @param trusted whether it is trusted
   * @param file where it lies
   */
  public record Entry(String thumbprint, X509Certificate certificate, boolean trusted, Path file) {

    /** One line for people. */
    public String describe(Instant now) {
      boolean valid =
          !now.isBefore(certificate.getNotBefore().toInstant())
              && !now.isAfter(certificate.getNotAfter().toInstant());
      return "%-8s %s  %s  until %tF%s"
          .formatted(
              trusted ? "trusted" : "rejected",
              thumbprint,
              certificate.getSubjectX500Principal().getName(),
              certificate.getNotAfter(),
              valid ? "" : "  NOT VALID NOW");
    }
  }

  /** Where the trusted certificates lie. */
  public Path directory() {
    return trusted;
  }

  /**
   * All certificates, the trusted ones first.
   *
   * @throws IOException if a directory cannot be read; files that are no certificate are left out
   */
  public List<Entry> entries() throws IOException {
    List<Entry> entries = new ArrayList<>();
    addFrom(trusted, true, entries);
    addFrom(rejected, false, entries);
    return entries;
  }

  private static void addFrom(Path directory, boolean trusted, List<Entry> entries)
      throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, FILES)) {
      found.forEach(files::add);
    }
    files.sort(Comparator.naturalOrder());
    for (Path file : files) {
      try (InputStream in = Files.newInputStream(file)) {
        X509Certificate certificate =
            (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        entries.add(new Entry(thumbprint(certificate), certificate, trusted, file));
      } catch (CertificateException notACertificate) {
        continue;
      }
    }
  }

  /**
   * Trusts a rejected certificate.
   *
   * @param thumbprint all of it, or the first digits; case and colons do not matter
   * @throws IOException if there is no such certificate, or more than one
   */
  public Entry accept(String thumbprint) throws IOException {
    return move(find(thumbprint, false), trusted, true);
  }

  /** Trusts a certificate no more; the same exceptions as {@link #accept}. */
  public Entry reject(String thumbprint) throws IOException {
    return move(find(thumbprint, true), rejected, false);
  }

  private static Entry move(Entry entry, Path directory, boolean trusted) throws IOException {
    Files.createDirectories(directory);
    Path target = directory.resolve(Objects.requireNonNull(entry.file().getFileName()));
    if (Files.exists(target)) {
      target = directory.resolve(entry.thumbprint() + ".der");
    }
    Files.move(entry.file(), target, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    return new Entry(entry.thumbprint(), entry.certificate(), trusted, target);
  }

  private Entry find(String thumbprint, boolean isTrusted) throws IOException {
    String digits = thumbprint.toLowerCase(Locale.ROOT).replaceAll("[^0-9a-f]", "");
    if (digits.length() < LEAST_DIGITS) {
      throw new IOException(
          "'"
              + thumbprint
              + "' is no thumbprint: give at least "
              + LEAST_DIGITS
              + " of its digits");
    }
    List<Entry> found =
        entries().stream()
            .filter(entry -> entry.trusted() == isTrusted)
            .filter(entry -> entry.thumbprint().startsWith(digits))
            .toList();
    if (found.size() != 1) {
      throw new IOException(
          "%s has %s %s certificate with thumbprint %s; 'linewright edge trust list' shows them all"
              .formatted(
                  trusted,
                  found.isEmpty() ? "no" : "more than one",
                  isTrusted ? "trusted" : "rejected",
                  thumbprint));
    }
    return found.getFirst();
  }

  /** SHA-1 of the DER form, in lower-case hexadecimal digits. */
  static String thumbprint(X509Certificate certificate) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded()));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("a certificate that was read cannot be encoded", impossible);
    }
  }
}
