package io.linewright.bench.outage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP line to the broker that can be cut: connections break, new ones are refused. */
final class CutLine implements AutoCloseable {

  private static final int CHUNK_BYTES = 64 * 1024;
  private static final int CONNECT_MILLIS = 5000;

  private final InetSocketAddress target;
  private final ServerSocket listener;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;

  /** A line from a free port of this machine to a port of this machine. */
  CutLine(int targetPort) throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    this.target = new InetSocketAddress(here, targetPort);
    this.listener = new ServerSocket(0, 50, here);
    Thread.ofPlatform().daemon().name("cut-line").start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Breaks everything and lets nothing through until {@link #restore}. */
  void cut() {
    cut = true;
    open.forEach(CutLine::closeQuietly);
    open.clear();
  }

  /** Lets new connections through again. */
  void restore() {
    cut = false;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket from = listener.accept();
        if (cut) {
          closeQuietly(from);
        } else {
          join(from);
        }
      } catch (IOException closed) {
        if (listener.isClosed()) {
          return;
        }
      }
    }
  }

  private void join(Socket from) throws IOException {
    Socket to = new Socket();
    try {
      to.connect(target, CONNECT_MILLIS);
      from.setTcpNoDelay(true);
      to.setTcpNoDelay(true);
    } catch (IOException unreachable) {
      closeQuietly(from);
      closeQuietly(to);
      throw unreachable;
    }
    open.add(from);
    open.add(to);
    Thread.ofPlatform().daemon().name("cut-line-up").start(() -> pump(from, to));
    Thread.ofPlatform().daemon().name("cut-line-down").start(() -> pump(to, from));
  }

  private void pump(Socket from, Socket to) {
    byte[] chunk = new byte[CHUNK_BYTES];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        out.write(chunk, 0, read);
      }
    } catch (IOException broken) {
      // the end of the connection; both sides are closed below
    } finally {
      open.remove(from);
      open.remove(to);
      closeQuietly(from);
      closeQuietly(to);
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException ignored) {
      // it is gone either way
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    cut();
  }
}
