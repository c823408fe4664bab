package io.linewright.edge.app.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linewright.edge.config.Connection;
import io.linewright.model.sample.StatusCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateBuilder;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every security policy and every kind of identity against a real server. */
class OpcUaSecurityTest extends OpcUaFixture {

  @ParameterizedTest
  @CsvSource({
    "Basic256Sha256, Sign",
    "Basic256Sha256, SignAndEncrypt",
    "Aes128_Sha256_RsaOaep, SignAndEncrypt",
    "Aes256_Sha256_RsaPss, SignAndEncrypt"
  })
  void policyCarriesValues(String policy, String mode) throws Exception {
    Path password = Files.writeString(directory.resolve("password"), "pw\n");
    start(connection(policy, mode, Optional.of("edge"), Optional.of(password), Optional.empty()));

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(sink.tags()).isEqualTo(3);
              assertAll(StatusCode.GOOD);
            });
  }

  @Test
  void userIsIdentifiedByCertificate() throws Exception {
    KeyPair pair = SelfSignedCertificateGenerator.generateRsaKeyPair(2048);
    X509Certificate user = certificate(pair);
    plant.users.add(user);
    start(byCertificate(user, pair));

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(sink.tags()).isEqualTo(3);
              assertAll(StatusCode.GOOD);
            });
  }

  @Test
  void strangersCertificateIsRefusedWithAReason() throws Exception {
    KeyPair pair = SelfSignedCertificateGenerator.generateRsaKeyPair(2048);
    start(byCertificate(certificate(pair), pair));

    await().atMost(PATIENCE).until(() -> driver.status().reason().contains("session"));
    await().atMost(PATIENCE).untilAsserted(() -> assertAll(StatusCode.BAD_NO_COMMUNICATION));
  }

  private Connection.OpcUa byCertificate(X509Certificate user, KeyPair pair) throws Exception {
    Path certificate = Files.write(directory.resolve("user.der"), user.getEncoded());
    String pem =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n";
    Path key = Files.writeString(directory.resolve("user.key"), pem);
    return connection(
        "Basic256Sha256",
        "SignAndEncrypt",
        Optional.empty(),
        Optional.empty(),
        Optional.of(new Connection.UserCertificate(certificate, key)));
  }

  private static X509Certificate certificate(KeyPair pair) throws Exception {
    return new SelfSignedCertificateBuilder(pair)
        .setCommonName("shift leader")
        .setApplicationUri("urn:test:user")
        .build();
  }

  private Connection.OpcUa connection(
      String policy,
      String mode,
      Optional<String> user,
      Optional<Path> password,
      Optional<Connection.UserCertificate> certificate)
      throws Exception {
    Path trusted = Files.createDirectories(directory.resolve("trusted"));
    Files.write(trusted.resolve("server.der"), plant.certificate.getEncoded());
    return new Connection.OpcUa(
        "machining",
        "opc.tcp://127.0.0.1:" + port + "/test",
        policy,
        mode,
        user,
        password,
        certificate,
        Optional.of(trusted),
        PUBLISHING);
  }
}
