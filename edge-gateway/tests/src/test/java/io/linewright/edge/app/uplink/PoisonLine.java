package io.linewright.edge.app.uplink;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A line to a broker that ends the connection whenever a certain text passes, as a broker does with
 * a packet that it does not bear; what stood before the text in the same write still gets through.
 */
final class PoisonLine implements AutoCloseable {

  private final ServerSocket listener;
  private final int port;
  private final byte[] poison;
  final AtomicInteger breaks = new AtomicInteger();
  volatile boolean open = true;

  PoisonLine(int port, String poison) throws IOException {
    this.port = port;
    this.poison = poison.getBytes(StandardCharsets.UTF_8);
    this.listener = new ServerSocket(0, 20, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(this::accept);
  }

  String url() {
    return "tcp://127.0.0.1:" + listener.getLocalPort();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket from = listener.accept();
        if (!open) {
          from.close();
          continue;
        }
        Socket to = new Socket(InetAddress.getLoopbackAddress(), port);
        Thread.ofPlatform().daemon().start(() -> pump(from, to, true));
        Thread.ofPlatform().daemon().start(() -> pump(to, from, false));
      } catch (IOException closed) {
        // the listener is closed, or the broker is away
      }
    }
  }

  private void pump(Socket from, Socket to, boolean watched) {
    byte[] chunk = new byte[8192];
    int matched = 0; // of the poison, at the end of what was read before
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int read = in.read(chunk); read >= 0 && open; read = in.read(chunk)) {
        int last = 0;
        while (watched && last < read && matched < poison.length) {
          matched = next(matched, chunk[last++]);
        }
        if (matched == poison.length) {
          out.write(chunk, 0, Math.max(0, last - poison.length));
          breaks.incrementAndGet();
          return;
        }
        out.write(chunk, 0, read);
      }
    } catch (IOException broken) {
      // both ends are closed
    }
  }

  /** How much of the poison is read with that byte; what is sent has no half of it before it. */
  private int next(int matched, byte value) {
    if (value == poison[matched]) {
      return matched + 1;
    }
    return value == poison[0] ? 1 : 0;
  }

  @Override
  public void close() throws IOException {
    open = false;
    listener.close();
  }
}
