package io.linewright.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsFileTest {

  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir Path dir;

  @Test
  void usersAreReadBackAndPasswordsAreNotInTheFile() throws IOException {
    MqttUser edge = user("edge", "node=acme:graz/gw-1", "correct horse");
    MqttUser reader = user("reader", "reader", "battery staple");
    Path file = file(CredentialsFile.format(List.of(edge, reader)));

    assertThat(CredentialsFile.read(file))
        .containsEntry("edge", edge)
        .containsEntry("reader", reader);
    assertThat(Files.readString(file)).doesNotContain("correct horse").doesNotContain("staple");
  }

  @Test
  void passwordMatchesOnlyItself() {
    PasswordHash hash = PasswordHash.of("correct horse", RANDOM);

    assertThat(hash.matches("correct horse".toCharArray())).isTrue();
    assertThat(hash.matches("correct horsf".toCharArray())).isFalse();
    assertThat(hash.matches(new char[0])).isFalse();
  }

  @Test
  void samePasswordHasAnotherHashEachTime() {
    assertThat(PasswordHash.of("x", RANDOM)).isNotEqualTo(PasswordHash.of("x", RANDOM));
  }

  @Test
  void errorNamesFileAndLine() throws IOException {
    Path file = file("# users\n\nedge reader\n");

    assertThatIOException()
        .isThrownBy(() -> CredentialsFile.read(file))
        .withMessageContaining(file + ":3")
        .withMessageContaining("three fields");
  }

  @Test
  void unknownGrantIsNamed() throws IOException {
    Path file = file("edge admin " + PasswordHash.of("x", RANDOM) + "\n");

    assertThatIOException()
        .isThrownBy(() -> CredentialsFile.read(file))
        .withMessageContaining("'admin' is none of");
  }

  @Test
  void weakOrBrokenHashIsRefused() throws IOException {
    Path file = file("edge reader pbkdf2-sha256$1$AAAA$AAAA\n");

    assertThatIOException()
        .isThrownBy(() -> CredentialsFile.read(file))
        .withMessageContaining(":1");
  }

  @Test
  void userGivenTwiceIsRefused() throws IOException {
    String line = user("edge", "reader", "x").name() + " reader " + PasswordHash.of("x", RANDOM);
    Path file = file(line + "\n" + line + "\n");

    assertThatIOException()
        .isThrownBy(() -> CredentialsFile.read(file))
        .withMessageContaining("twice");
  }

  private static MqttUser user(String name, String grant, String password) {
    return new MqttUser(name, Grant.parse(grant), PasswordHash.of(password, RANDOM));
  }

  private Path file(String text) throws IOException {
    return Files.writeString(dir.resolve("credentials"), text);
  }
}
