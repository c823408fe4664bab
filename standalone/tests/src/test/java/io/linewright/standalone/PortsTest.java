package io.linewright.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.linewright.standalone.tls.BindAddress;
import io.linewright.standalone.tls.LocalAddresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PortsTest {

  @Test
  void takenPortIsNamedWithItsPurposeAndItsOption() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      UpOptions options = new UpOptions();
      options.freePorts = true;
      options.kafkaPort = taken.getLocalPort();

      assertThatExceptionOfType(StartFailure.class)
          .isThrownBy(() -> Ports.choose(options, bind()))
          .withMessageContaining("Port " + taken.getLocalPort())
          .withMessageContaining("Kafka")
          .withMessageContaining("--kafka-port");
    }
  }

  @Test
  void freePortsAreAllDifferent() throws StartFailure {
    UpOptions options = new UpOptions();
    options.freePorts = true;

    Ports ports = Ports.choose(options, bind());

    assertThat(
            Stream.of(
                ports.http(),
                ports.kafka(),
                ports.mqtt(),
                ports.postgres(),
                ports.opcUa(),
                ports.modbus(),
                ports.kafkaController(),
                ports.ingest(),
                ports.oee(),
                ports.bridge(),
                ports.edge()))
        .doesNotHaveDuplicates()
        .allMatch(port -> port > 0);
  }

  @Test
  void plantWithoutSimulatorNeedsNoPorts() throws StartFailure {
    UpOptions options = new UpOptions();
    options.freePorts = true;
    options.noSimulator = true;

    assertThat(Ports.choose(options, bind()).opcUa()).isZero();
  }

  private static BindAddress bind() throws StartFailure {
    return BindAddress.of("127.0.0.1", LocalAddresses.ofThisMachine());
  }
}
