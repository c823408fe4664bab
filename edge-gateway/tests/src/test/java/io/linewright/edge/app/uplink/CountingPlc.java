package io.linewright.edge.app.uplink;

import io.linewright.edge.modbus.frame.Frame;
import io.linewright.edge.modbus.frame.FramingException;
import io.linewright.edge.modbus.frame.MbapFraming;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Modbus TCP device whose holding register 0 counts how often it was read, and which remembers
 * what it told; register n holds n.
 */
final class CountingPlc implements AutoCloseable {

  final List<Long> told = new CopyOnWriteArrayList<>();
  final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger counter = new AtomicInteger();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final ServerSocket listener;

  CountingPlc() throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::acceptAll);
  }

  int port() {
    return listener.getLocalPort();
  }

  private void acceptAll() {
    try {
      while (true) {
        Socket socket = listener.accept();
        socket.setTcpNoDelay(true);
        sockets.add(socket);
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket socket) {
    MbapFraming framing = new MbapFraming();
    byte[] buffer = new byte[4096];
    try (InputStream in = socket.getInputStream();
        OutputStream out = socket.getOutputStream()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        for (Frame frame : framing.decode(buffer, n)) {
          byte[] answer = read(ByteBuffer.wrap(frame.pdu()));
          out.write(framing.encode(new Frame(frame.transaction(), frame.unit(), answer)));
          out.flush();
        }
      }
    } catch (IOException | FramingException closed) {
      // The gateway left.
    } finally {
      sockets.remove(socket);
    }
  }

  private byte[] read(ByteBuffer question) {
    byte function = question.get();
    int first = question.getShort();
    int count = question.getShort();
    ByteBuffer answer = ByteBuffer.allocate(2 + 2 * count).put(function).put((byte) (2 * count));
    for (int register = first; register < first + count; register++) {
      answer.putShort((short) (register == 0 ? next() : register));
    }
    return answer.array();
  }

  private int next() {
    int value = counter.incrementAndGet();
    told.add((long) value);
    return value;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
