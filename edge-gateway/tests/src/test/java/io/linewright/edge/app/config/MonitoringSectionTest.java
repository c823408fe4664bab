package io.linewright.edge.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.linewright.edge.config.Connection;
import io.linewright.edge.config.TagAddress;
import io.linewright.edge.opcua.Deadband;
import io.linewright.edge.opcua.Monitoring;
import io.linewright.edge.opcua.ValuePath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code part}, {@code monitoring} and a user's certificate in the gateway file. */
class MonitoringSectionTest {

  private static final String FILE =
      """
      version: 1
      gateway: {group: "acme:graz", node: gw-1}
      connections:
        - id: c
          driver: opcua
          endpoint: "opc.tcp://h:4840"
          security: {%s}
          publishing-interval: 250ms
      devices:
        - path: acme/graz/a/l/m
          connection: c
          tags:
            - {name: x, node: "ns=2;s=x", %s}
      """;

  @TempDir private Path directory;

  @Test
  void everyKeyIsRead() throws Exception {
    assertThat(
            address(
                "type: double, part: \"Axes[2].Load\","
                    + " monitoring: {sampling: 100ms, queue: 50, deadband: 2%}"))
        .isEqualTo(
            new TagAddress.OpcUaNode(
                "ns=2;s=x",
                new Monitoring(
                    Optional.of(Duration.ofMillis(100)),
                    OptionalInt.of(50),
                    new Deadband(Deadband.Kind.PERCENT, 2)),
                ValuePath.parse("Axes[2].Load")));
    assertThat(address("type: integer, monitoring: {deadband: 0.5}"))
        .isEqualTo(
            new TagAddress.OpcUaNode(
                "ns=2;s=x",
                new Monitoring(
                    Optional.empty(),
                    OptionalInt.empty(),
                    new Deadband(Deadband.Kind.ABSOLUTE, 0.5)),
                ValuePath.WHOLE));
    assertThat(address("type: double")).isEqualTo(new TagAddress.OpcUaNode("ns=2;s=x"));
  }

  @Test
  void mistakesAreNamed() throws Exception {
    assertThat(problems("type: string, monitoring: {deadband: 1}"))
        .singleElement()
        .asString()
        .contains("edge.yaml:13: devices[0].tags[0].monitoring.deadband: 'string' is not a number");
    assertThat(problems("type: double, part: \"[x]\", monitoring: {queue: 0, rate: 1s}"))
        .hasSize(3)
        .anyMatch(p -> p.contains("tags[0].part: is not a path into a value"))
        .anyMatch(p -> p.contains("monitoring.queue"))
        .anyMatch(p -> p.contains("monitoring.rate: is not known"));
    assertThat(problems("type: double, monitoring: {deadband: 150%}"))
        .singleElement()
        .asString()
        .contains("not between 0 and 100");
  }

  @Test
  void userCertificateNeedsItsKeyAndAnEncryptedLine() throws Exception {
    Files.writeString(directory.resolve("user.der"), "x");
    Files.writeString(directory.resolve("user.key"), "x");
    String both = "user-certificate: user.der, user-key: user.key";
    Connection.OpcUa connection =
        (Connection.OpcUa)
            read("policy: Basic256Sha256, trust-dir: pki, " + both, "type: double")
                .connections()
                .getFirst();
    assertThat(connection.userCertificate())
        .contains(
            new Connection.UserCertificate(
                directory.resolve("user.der"), directory.resolve("user.key")));
    assertThat(problemsOf("policy: None, " + both)).anyMatch(p -> p.contains("open line"));
    assertThat(problemsOf("policy: Basic256Sha256, trust-dir: pki, user-certificate: user.der"))
        .anyMatch(p -> p.contains("belong together"));
    assertThat(
            problemsOf(
                "policy: Basic256Sha256, trust-dir: pki, user-certificate: no.der, user-key: no"))
        .hasSize(2)
        .allMatch(p -> p.contains("cannot be read"));
  }

  private TagAddress address(String tag) throws Exception {
    return read("policy: None", tag).devices().getFirst().tags().getFirst().address();
  }

  private io.linewright.edge.config.EdgeFile read(String security, String tag) throws Exception {
    return EdgeFileReader.read(write(security, tag));
  }

  private List<String> problems(String tag) throws Exception {
    return problems(write("policy: None", tag));
  }

  private List<String> problemsOf(String security) throws Exception {
    return problems(write(security, "type: double"));
  }

  private static List<String> problems(Path file) {
    return catchThrowableOfType(EdgeFileException.class, () -> EdgeFileReader.read(file))
        .problems();
  }

  private Path write(String security, String tag) throws Exception {
    return Files.writeString(directory.resolve("edge.yaml"), FILE.formatted(security, tag));
  }
}
