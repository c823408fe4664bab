package io.linewright.standalone.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.linewright.standalone.StartFailure;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BindAddressTest {

  private static final LocalAddresses MACHINE =
      new LocalAddresses(
          List.of(
              InetAddress.ofLiteral("127.0.0.1"),
              InetAddress.ofLiteral("fd00::2"),
              InetAddress.ofLiteral("10.1.2.3"),
              InetAddress.ofLiteral("10.7.7.7")),
          Optional.of("plant-7"));

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "localhost", "::1"})
  void loopbackNeedsNoTls(String address) throws StartFailure {
    assertThat(BindAddress.of(address, MACHINE).beyondLoopback()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.1.2.3", "0.0.0.0", "::"})
  void everythingElseNeedsTls(String address) throws StartFailure {
    assertThat(BindAddress.of(address, MACHINE).beyondLoopback()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.1.2.4", "no-such-host.invalid"})
  void addressOfAnotherMachineIsRefused(String address) {
    assertThatExceptionOfType(StartFailure.class)
        .isThrownBy(() -> BindAddress.of(address, MACHINE))
        .withMessageContaining("--bind " + address)
        .withMessageContaining("no address of this machine");
  }

  @Test
  void ipv6AddressNeedsAName() {
    assertThatExceptionOfType(StartFailure.class)
        .isThrownBy(() -> BindAddress.of("fd00::2", MACHINE))
        .withMessageContaining("--bind fd00::2")
        .withMessageContaining("a name");
    LocalAddresses newest =
        new LocalAddresses(List.of(InetAddress.ofLiteral("fd00::2")), Optional.empty());
    assertThatExceptionOfType(StartFailure.class)
        .isThrownBy(() -> BindAddress.of("::", newest))
        .withMessageContaining("fd00:0:0:0:0:0:0:2");
  }

  @Test
  void linkLocalAddressIsRefused() {
    assertThatExceptionOfType(StartFailure.class)
        .isThrownBy(() -> BindAddress.of("fe80::1", MACHINE))
        .withMessageContaining("one interface only");
  }

  @Test
  void oneAddressIsNamedBesideLoopbackAndTheMachine() throws StartFailure {
    BindAddress bind = BindAddress.of("10.7.7.7", MACHINE);

    assertThat(bind.host()).isEqualTo("10.7.7.7");
    assertThat(bind.names())
        .containsExactlyInAnyOrder("10.7.7.7", "127.0.0.1", "localhost", "plant-7");
  }

  @Test
  void allAddressesAreNamedAndClientsGetTheFirstBeyondLoopback() throws StartFailure {
    BindAddress bind = BindAddress.of("0.0.0.0", MACHINE);

    assertThat(bind.everywhere()).isTrue();
    assertThat(bind.host()).isEqualTo("10.1.2.3");
    assertThat(bind.names())
        .containsExactlyInAnyOrder(
            "10.1.2.3", "10.7.7.7", "127.0.0.1", "fd00:0:0:0:0:0:0:2", "localhost", "plant-7");
  }

  @Test
  void machineWithoutNetworkIsReachedByItself() throws StartFailure {
    LocalAddresses alone =
        new LocalAddresses(List.of(InetAddress.ofLiteral("127.0.0.1")), Optional.empty());

    BindAddress bind = BindAddress.of("::", alone);

    assertThat(bind.host()).isEqualTo("127.0.0.1");
    assertThat(bind.names()).containsExactlyInAnyOrder("127.0.0.1", "localhost");
  }

  @Test
  void ipv6StandsInBracketsInAddresses() {
    assertThat(Listener.plain("::1").at(8080)).isEqualTo("[::1]:8080");
    assertThat(Listener.plain("127.0.0.1").at(8080)).isEqualTo("127.0.0.1:8080");
  }

  @Test
  void thisMachineHasItsLoopbackAddressAndNoneThatNeedsAnInterface() throws StartFailure {
    assertThat(LocalAddresses.ofThisMachine().addresses())
        .contains(InetAddress.getLoopbackAddress())
        .allSatisfy(address -> assertThat(address.getHostAddress()).doesNotContain("%"));
  }
}
