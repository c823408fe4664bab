package io.linewright.testkit.infrastructure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * TCP ports of the loopback interface that nobody listens on. They lie below those that the kernel
 * gives to connections: nobody else gets one of them before its server starts or while that is
 * down, and a client that tries to reach it again and again does not meet itself.
 */
public final class FreePorts {

  private static final int LOWEST = 12_000;
  private static final int ENOUGH = 1_000;

  /** First port that the kernel gives to connections. */
  private static final int KERNELS = kernels();

  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private FreePorts() {}

  /** A port that was free a moment ago; another one each time. */
  public static int next() {
    boolean own = KERNELS - LOWEST >= ENOUGH;
    IOException last = null;
    for (int tries = 0; tries < ENOUGH; tries++) {
      int wanted = own ? ThreadLocalRandom.current().nextInt(LOWEST, KERNELS) : 0;
      if (own && GIVEN.contains(wanted)) {
        continue;
      }
      try {
        int port = bound(wanted);
        if (GIVEN.add(port)) {
          return port;
        }
      } catch (IOException taken) {
        last = taken;
      }
    }
    throw new UncheckedIOException(
        "No free TCP port on the loopback interface",
        last == null ? new IOException("all have been given") : last);
  }

  private static int bound(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static int kernels() {
    // Not readString: it begins with a byte, and the kernel gives the file in one piece only.
    try (BufferedReader file =
        Files.newBufferedReader(Path.of("/proc/sys/net/ipv4/ip_local_port_range"))) {
      String range = file.readLine();
      return range == null ? 0 : Integer.parseInt(range.strip().split("\\s+", 2)[0]);
    } catch (IOException notLinux) {
      return 0;
    }
  }
}
