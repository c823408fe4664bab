package io.linewright.bench.edgefault.rig;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A TCP line between two processes that can swallow, refuse, break, half-close and stutter. What it
 * swallows goes on afterwards, as TCP sends again, unless one of the ends has given up meanwhile.
 */
public final class Line implements AutoCloseable {

  /** What the line does with bytes. */
  public enum State {
    OPEN,
    /** Nothing passes, nothing is closed. */
    SWALLOWS,
    /** Connections break, new ones are closed at once. */
    REFUSES,
    /** Each piece waits for a random time, as if packets had to be sent again. */
    STUTTERS
  }

  private static final int CHUNK_BYTES = 16 * 1024;
  private static final int MOST_HELD_BYTES = 4 * 1024 * 1024;
  private static final int LOOK_MILLIS = 50;
  private static final int CONNECT_MILLIS = 3000;
  private static final int LONGEST_STUTTER_MILLIS = 300;
  private static final int STUTTERING_PERCENT = 40;

  private final String name;
  private final ServerSocket listener;
  private final Random random;
  private final Set<Pair> pairs = ConcurrentHashMap.newKeySet();
  private volatile int target;
  private volatile State state = State.OPEN;

  /** One connection through the line. */
  private record Pair(Socket client, Socket server) {

    void close() {
      closeQuietly(client);
      closeQuietly(server);
    }
  }

  /**
   * @param target port of this machine; see {@link #target}
   * @param random of the stutter
   */
  public Line(String name, int target, Random random) throws IOException {
    this.name = name;
    this.target = target;
    this.random = random;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().name("line-" + name).start(this::accept);
  }

  public String name() {
    return name;
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** Where new connections go. */
  public void target(int port) {
    target = port;
  }

  public void set(State wanted) {
    state = wanted;
    if (wanted == State.REFUSES) {
      breakAll();
    }
  }

  /** Breaks every connection; new ones are let through. */
  public void breakAll() {
    pairs.forEach(Pair::close);
    pairs.clear();
  }

  /** Ends the way to the server of every connection and leaves the way back open. */
  public void halfClose() throws IOException {
    for (Pair pair : pairs) {
      if (!pair.server.isClosed()) {
        pair.server.shutdownOutput();
      }
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        if (state == State.REFUSES) {
          closeQuietly(client);
        } else {
          Thread.ofPlatform().daemon().name("line-" + name + "-join").start(() -> join(client));
        }
      } catch (IOException closed) {
        if (listener.isClosed()) {
          return;
        }
      }
    }
  }

  private void join(Socket client) {
    Socket server = new Socket();
    Pair pair = new Pair(client, server);
    try {
      server.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), target), CONNECT_MILLIS);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      pairs.add(pair);
      Thread.ofPlatform().daemon().name("line-" + name + "-up").start(() -> pump(pair, true));
      pump(pair, false);
    } catch (IOException unreachable) {
      pair.close();
    }
  }

  private void pump(Pair pair, boolean up) {
    Socket from = up ? pair.client : pair.server;
    Socket to = up ? pair.server : pair.client;
    byte[] chunk = new byte[CHUNK_BYTES];
    ByteArrayOutputStream held = new ByteArrayOutputStream();
    try {
      from.setSoTimeout(LOOK_MILLIS);
      while (true) {
        int read = held.size() > MOST_HELD_BYTES ? pause() : read(from, chunk);
        if (read < 0 && state == State.SWALLOWS) {
          return; // what was swallowed of an end that has closed since never arrives
        }
        held.write(chunk, 0, Math.max(0, read));
        if (held.size() > 0 && state != State.SWALLOWS) {
          stutter();
          held.writeTo(to.getOutputStream());
          held.reset();
        }
        if (read < 0) {
          return;
        }
      }
    } catch (IOException | InterruptedException broken) {
      // the end of the connection; both sides are closed below
    } finally {
      pairs.remove(pair);
      pair.close();
    }
  }

  private static int read(Socket from, byte[] chunk) throws IOException {
    try {
      return from.getInputStream().read(chunk);
    } catch (SocketTimeoutException nothing) {
      return 0;
    }
  }

  private static int pause() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    return 0;
  }

  private void stutter() throws InterruptedException {
    if (state == State.STUTTERS && random.nextInt(100) < STUTTERING_PERCENT) {
      TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_STUTTER_MILLIS));
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
    set(State.OPEN);
    breakAll();
  }
}
