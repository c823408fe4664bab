package io.linewright.testkit.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FreePortsTest {

  @Test
  void eachIsAnotherOneThatCanBeListenedOn() throws IOException {
    Set<Integer> given = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      int port = FreePorts.next();
      given.add(port);
      try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        assertThat(socket.getLocalPort()).isEqualTo(port);
      }
    }
    assertThat(given).hasSize(50);
  }
}
