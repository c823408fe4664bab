package io.linewright.edge.app.modbus.wire;

import io.linewright.edge.modbus.frame.Frame;
import io.linewright.edge.modbus.frame.Framing;
import io.linewright.edge.modbus.frame.FramingException;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One TCP connection to a device. */
public final class TcpWire implements Wire {

  /** Requests that the socket does not take: more than all units can have outstanding. */
  private static final int MAX_UNSENT = 128 * 1024;

  private static final int READ_BYTES = 16 * 1024;

  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final Framing framing;
  private final ByteBuffer input = ByteBuffer.allocate(READ_BYTES);
  private ByteBuffer unsent = ByteBuffer.allocate(0);

  private TcpWire(SocketChannel channel, Selector selector, SelectionKey key, Framing framing) {
    this.channel = channel;
    this.selector = selector;
    this.key = key;
    this.framing = framing;
  }

  /**
   * Connects.
   *
   * @param nanos longest time that it may take
   * @throws IOException if there is no connection
   */
  public static TcpWire open(String host, int port, long nanos, Framing framing)
      throws IOException, InterruptedException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(host), port);
    Selector selector = Selector.open();
    SocketChannel channel = SocketChannel.open();
    boolean connected = false;
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
      SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
      connected = channel.connect(address) || finish(channel, selector, nanos);
      if (!connected) {
        throw new IOException("no answer within " + TimeUnit.NANOSECONDS.toMillis(nanos) + " ms");
      }
      key.interestOps(SelectionKey.OP_READ);
      return new TcpWire(channel, selector, key, framing);
    } finally {
      if (!connected) {
        channel.close();
        selector.close();
      }
    }
  }

  private static boolean finish(SocketChannel channel, Selector selector, long nanos)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + nanos;
    long left = nanos;
    while (left > 0) {
      selector.select(millis(left));
      throwIfInterrupted();
      selector.selectedKeys().clear();
      if (channel.finishConnect()) {
        return true;
      }
      left = deadline - System.nanoTime();
    }
    return false;
  }

  private static long millis(long nanos) {
    return Math.clamp((nanos + 999_999) / 1_000_000, 1, Integer.MAX_VALUE);
  }

  private static void throwIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  @Override
  public void send(Frame frame) throws IOException {
    if (!framing.numbered()) {
      framing.reset(); // nothing is outstanding, so what is left over belongs to no answer
    }
    ByteBuffer bytes = ByteBuffer.wrap(framing.encode(frame));
    if (!unsent.hasRemaining()) {
      channel.write(bytes);
    }
    if (bytes.hasRemaining()) {
      keep(bytes);
    }
  }

  private void keep(ByteBuffer bytes) throws IOException {
    if (unsent.remaining() + bytes.remaining() > MAX_UNSENT) {
      throw new IOException("the device takes no more requests");
    }
    ByteBuffer joined = ByteBuffer.allocate(unsent.remaining() + bytes.remaining());
    unsent = joined.put(unsent).put(bytes).flip();
    key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
  }

  @Override
  public void await(long nanos) throws IOException, InterruptedException {
    if (nanos > 0) {
      selector.select(millis(nanos));
    } else {
      selector.selectNow();
    }
    throwIfInterrupted();
    selector.selectedKeys().clear();
    if (unsent.hasRemaining()) {
      channel.write(unsent);
      if (!unsent.hasRemaining()) {
        key.interestOps(SelectionKey.OP_READ);
      }
    }
  }

  @Override
  public List<Frame> received() throws IOException, FramingException {
    List<Frame> frames = new ArrayList<>();
    int count = channel.read(input.clear());
    while (count > 0) {
      frames.addAll(framing.decode(input.array(), count));
      count = count < READ_BYTES ? 0 : channel.read(input.clear());
    }
    if (count < 0 && frames.isEmpty()) {
      throw new EOFException("the device closed the connection");
    }
    return frames;
  }

  @Override
  public void wakeup() {
    selector.wakeup();
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      selector.close();
    }
  }
}
