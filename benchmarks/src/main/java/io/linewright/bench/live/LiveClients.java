package io.linewright.bench.live;

import io.linewright.bench.plant.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Readers of live streams, all served by one thread: the readers' own cost shall not be measured
 * for the platform's. They ask by HTTP/1.0, so that the answer is not cut into chunks.
 */
final class LiveClients implements AutoCloseable {

  /** Readers that come at the same moment. */
  private static final int WAVE = 25;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Selector selector;
  private final List<StreamReader> readers = new ArrayList<>();
  private final List<SocketChannel> channels = new ArrayList<>();
  private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
  private @Nullable Thread thread;

  private LiveClients(Selector selector) {
    this.selector = selector;
  }

  /**
   * Opens streams and waits until each has brought values.
   *
   * @param path path and query of a client's stream, by its number
   * @throws IOException if one is refused or brings nothing
   */
  static LiveClients open(int count, URI gateway, String token, IntFunction<String> path)
      throws IOException, InterruptedException {
    LiveClients clients = new LiveClients(Selector.open());
    try {
      clients.thread = Thread.ofPlatform().daemon().name("live-clients").start(clients::read);
      for (int i = 0; i < count; i++) {
        clients.connect(gateway, token, path.apply(i));
        if (i % WAVE == WAVE - 1 || i == count - 1) {
          clients.awaitValues();
        }
      }
      return clients;
    } catch (IOException | RuntimeException | InterruptedException failed) {
      clients.close();
      throw failed;
    }
  }

  private void awaitValues() throws IOException, InterruptedException {
    Await.until(
        () -> {
          check();
          return readers.stream().allMatch(reader -> reader.events() > 0);
        },
        PATIENCE,
        "the first values of every live stream");
  }

  private void connect(URI gateway, String token, String path) throws IOException {
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(gateway.getHost(), gateway.getPort()));
    channels.add(channel);
    String request =
        "GET %s HTTP/1.0\r\nHost: %s\r\nAuthorization: Bearer %s\r\nAccept: text/event-stream\r\n\r\n"
            .formatted(path, gateway.getAuthority(), token);
    ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.configureBlocking(false);
    StreamReader reader = new StreamReader();
    readers.add(reader);
    channel.register(selector, SelectionKey.OP_READ, reader);
    // A selection that is under way does not know it.
    selector.wakeup();
  }

  private void read() {
    ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
    while (selector.isOpen()) {
      try {
        selector.select(key -> read(key, buffer));
      } catch (UncheckedIOException lost) {
        failure.compareAndSet(null, new IOException(lost));
      } catch (IOException lost) {
        failure.compareAndSet(null, lost);
        return;
      } catch (ClosedSelectorException closed) {
        return;
      }
    }
  }

  private static void read(SelectionKey key, ByteBuffer buffer) {
    SocketChannel channel = (SocketChannel) key.channel();
    StreamReader reader = (StreamReader) key.attachment();
    try {
      buffer.clear();
      if (channel.read(buffer) < 0) {
        key.cancel();
        throw new IOException("a live stream has ended: " + reader.lastLine());
      }
      reader.take(buffer.array(), buffer.position());
    } catch (IOException lost) {
      key.cancel();
      throw new UncheckedIOException(lost);
    }
  }

  /** What the readers have got so far. */
  List<StreamReader> readers() {
    return readers;
  }

  /** Throws what has ended a stream before its time. */
  void check() throws IOException {
    IOException lost = failure.get();
    if (lost != null) {
      throw new IOException("a live stream was lost: " + lost.getMessage(), lost);
    }
  }

  @Override
  public void close() throws IOException {
    selector.close();
    for (SocketChannel channel : channels) {
      channel.close();
    }
    Thread reading = thread;
    if (reading != null) {
      try {
        reading.join();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
