package io.linewright.standalone.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.linewright.standalone.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlantCertificatesTest {

  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final SortedSet<String> NAMES =
      new TreeSet<>(Set.of("10.1.2.3", "localhost", "127.0.0.1", "plant-7.example"));

  @TempDir Path dir;

  @Test
  void certificateHoldsAllNamesAndIsSignedByTheAuthority() throws Exception {
    TlsFiles files = provide(NAMES, NOW);

    X509Certificate server = server(files);
    assertThat(PlantCertificates.namesOf(server)).isEqualTo(NAMES);
    assertThat(server.getSubjectAlternativeNames())
        .contains(List.of(7, "10.1.2.3"), List.of(2, "plant-7.example"));
    assertThat(server.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(server.getBasicConstraints()).isEqualTo(-1);
    assertThat(authority(files).getBasicConstraints()).isZero();
    validate(files, NOW);
  }

  @Test
  void addressesOfIpv6StandInTheCertificateAsAddresses() throws Exception {
    SortedSet<String> names = new TreeSet<>(Set.of("fd00:0:0:0:0:0:0:2", "localhost"));

    TlsFiles files = provide(names, NOW);

    assertThat(server(files).getSubjectAlternativeNames())
        .contains(List.of(7, "fd00:0:0:0:0:0:0:2"));
    assertThat(Files.readString(provide(names, NOW).certificate()))
        .isEqualTo(Files.readString(files.certificate()));
  }

  @Test
  void validFromTheDayBeforeAndNoLongerThanPlatformsAccept() throws Exception {
    TlsFiles files = provide(NAMES, NOW);

    X509Certificate server = server(files);
    assertThat(server.getNotBefore().toInstant()).isEqualTo(NOW.minus(Duration.ofDays(1)));
    assertThat(server.getNotAfter().toInstant()).isEqualTo(NOW.plus(Duration.ofDays(820)));
    assertThat(authority(files).getNotAfter().toInstant())
        .isEqualTo(NOW.plus(Duration.ofDays(3650)));
  }

  @Test
  void keysAreForTheOwnerOnly() throws Exception {
    TlsFiles files = provide(NAMES, NOW);

    assertThat(mode(files.key())).isEqualTo("rw-------");
    assertThat(mode(dir.resolve("tls/ca-key.pem"))).isEqualTo("rw-------");
    assertThat(mode(files.ca())).isEqualTo("rw-r--r--");
    assertThat(Files.readString(files.ca())).doesNotContain("PRIVATE");
  }

  @Test
  void nothingIsMadeAnewWhileItFits() throws Exception {
    TlsFiles files = provide(NAMES, NOW);
    List<String> before = texts(files);

    provide(NAMES, NOW.plus(Duration.ofDays(789)));

    assertThat(texts(files)).isEqualTo(before);
  }

  @Test
  void certificateThatEndsSoonIsMadeAnewByTheSameAuthority() throws Exception {
    TlsFiles files = provide(NAMES, NOW);
    List<String> before = texts(files);
    Instant later = NOW.plus(Duration.ofDays(791));

    provide(NAMES, later);

    assertThat(texts(files).get(0)).as("authority").isEqualTo(before.get(0));
    assertThat(texts(files).get(1)).as("certificate").isNotEqualTo(before.get(1));
    assertThat(server(files).getNotAfter().toInstant()).isEqualTo(later.plus(Duration.ofDays(820)));
    validate(files, later);
  }

  @Test
  void otherNamesNeedAnotherCertificate() throws Exception {
    TlsFiles files = provide(NAMES, NOW);
    String authority = Files.readString(files.ca());
    SortedSet<String> moved = new TreeSet<>(Set.of("10.9.9.9", "localhost"));

    provide(moved, NOW);

    assertThat(PlantCertificates.namesOf(server(files))).isEqualTo(moved);
    assertThat(Files.readString(files.ca())).isEqualTo(authority);
  }

  @Test
  void keyOfAnotherCertificateIsReplaced() throws Exception {
    TlsFiles files = provide(NAMES, NOW);
    Files.writeString(files.key(), Pem.text(Issuer.newKeys().getPrivate()));

    provide(NAMES, NOW);

    assertThat(Pem.belongTogether(Pem.privateKey(files.key()), server(files))).isTrue();
  }

  @Test
  void authorityThatEndsIsMadeAnewWithAnotherName() throws Exception {
    TlsFiles files = provide(NAMES, NOW);
    X509Certificate before = authority(files);
    Instant later = NOW.plus(Duration.ofDays(3630));

    provide(NAMES, later);

    assertThat(authority(files).getSubjectX500Principal())
        .isNotEqualTo(before.getSubjectX500Principal());
    validate(files, later);
  }

  @Test
  void certificateEndsWithItsAuthorityAtTheLatest() throws Exception {
    provide(NAMES, NOW);
    Instant later = NOW.plus(Duration.ofDays(3500));

    TlsFiles files = provide(NAMES, later);

    assertThat(server(files).getNotAfter()).isEqualTo(authority(files).getNotAfter());
  }

  @Test
  void lostKeyOfTheAuthorityIsNotReplacedSilently() throws Exception {
    TlsFiles files = provide(NAMES, NOW);
    Files.delete(dir.resolve("tls/ca-key.pem"));

    assertThatExceptionOfType(StartFailure.class)
        .isThrownBy(() -> provide(NAMES, NOW))
        .withMessageContaining("ca-key.pem")
        .withMessageContaining("Restore");
    Files.writeString(dir.resolve("tls/ca-key.pem"), Pem.text(Issuer.newKeys().getPrivate()));
    assertThatExceptionOfType(StartFailure.class)
        .isThrownBy(() -> provide(NAMES, NOW))
        .withMessageContaining("is not the key of " + files.ca());
  }

  private TlsFiles provide(SortedSet<String> names, Instant now) throws StartFailure {
    return PlantCertificates.provide(dir.resolve("tls"), names, now, new SecureRandom());
  }

  private static X509Certificate server(TlsFiles files)
      throws IOException, GeneralSecurityException {
    return Pem.certificates(files.certificate()).getFirst();
  }

  private static X509Certificate authority(TlsFiles files)
      throws IOException, GeneralSecurityException {
    return Pem.certificates(files.ca()).getFirst();
  }

  private static void validate(TlsFiles files, Instant when) throws Exception {
    PKIXParameters rules = new PKIXParameters(Set.of(new TrustAnchor(authority(files), null)));
    rules.setRevocationEnabled(false);
    rules.setDate(Date.from(when));
    CertPathValidator.getInstance("PKIX")
        .validate(
            CertificateFactory.getInstance("X.509").generateCertPath(List.of(server(files))),
            rules);
  }

  private static List<String> texts(TlsFiles files) throws IOException {
    return List.of(
        Files.readString(files.ca()),
        Files.readString(files.certificate()),
        Files.readString(files.key()));
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
