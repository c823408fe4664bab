package io.linewright.standalone;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers of tests. They lie below those that Linux gives to connections: nobody else
 * gets one of them before its server starts, and a client does not meet itself.
 */
public final class TestPorts {

  private static final int LOWEST = 12_000;
  private static final int LINUX_LOWEST = 32_768;

  private TestPorts() {}

  /** A port that was free a moment ago. */
  public static int free() throws IOException {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, LINUX_LOWEST);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException taken) {
        continue;
      }
    }
  }
}
