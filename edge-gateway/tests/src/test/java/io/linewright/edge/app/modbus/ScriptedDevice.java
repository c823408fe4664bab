package io.linewright.edge.app.modbus;

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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Modbus TCP device of 200 holding registers per unit that does as a test tells it: answers late,
 * with another number, with an exception, or not at all.
 */
final class ScriptedDevice implements AutoCloseable {

  /** What happens to one request; sees how often the same request came before. */
  @FunctionalInterface
  interface Script {
    void run(Request request) throws IOException, InterruptedException;
  }

  /** A request that waits for its answer. */
  static final class Request {
    private final ScriptedDevice device;
    private final OutputStream out;
    private final Frame frame;

    Request(ScriptedDevice device, OutputStream out, Frame frame) {
      this.device = device;
      this.out = out;
      this.frame = frame;
    }

    int unit() {
      return frame.unit();
    }

    int function() {
      return frame.functionCode();
    }

    int address() {
      return ByteBuffer.wrap(frame.pdu()).getShort(1) & 0xFFFF;
    }

    int number() {
      return frame.transaction();
    }

    /** Carries the request out and answers as the standard says. */
    void answer() throws IOException {
      send(number(), device.carryOut(frame));
    }

    void refuse(int code) throws IOException {
      send(number(), new byte[] {(byte) (function() | 0x80), (byte) code});
    }

    void send(int number, byte[] pdu) throws IOException {
      synchronized (out) {
        out.write(new MbapFraming().encode(new Frame(number, unit(), pdu)));
        out.flush();
      }
    }

    void sendRaw(byte[] bytes) throws IOException {
      synchronized (out) {
        out.write(bytes);
        out.flush();
      }
    }

    /** The bytes of the true answer, without sending them. */
    byte[] trueAnswer() {
      return device.carryOut(frame);
    }
  }

  final Map<Integer, short[]> registers = new ConcurrentHashMap<>();
  final List<Frame> requests = new CopyOnWriteArrayList<>();
  final AtomicInteger connections = new AtomicInteger();
  volatile Script script = Request::answer;
  private final ServerSocket listener;
  private final List<Socket> sockets = Collections.synchronizedList(new ArrayList<>());

  ScriptedDevice() throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::acceptAll);
  }

  int port() {
    return listener.getLocalPort();
  }

  short[] unit(int id) {
    return registers.computeIfAbsent(id, u -> new short[200]);
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
          requests.add(frame);
          Request request = new Request(this, out, frame);
          Thread.ofVirtual().start(() -> run(request));
        }
      }
    } catch (IOException | FramingException closed) {
      // The gateway built the connection anew.
    }
  }

  private void run(Request request) {
    try {
      script.run(request);
    } catch (IOException | InterruptedException gone) {
      // Nobody waits for this answer any more.
    }
  }

  private synchronized byte[] carryOut(Frame frame) {
    short[] memory = unit(frame.unit());
    ByteBuffer pdu = ByteBuffer.wrap(frame.pdu());
    int function = pdu.get() & 0xFF;
    int address = pdu.getShort() & 0xFFFF;
    switch (function) {
      case 3 -> {
        return read(function, memory, address, pdu.getShort());
      }
      case 6 -> memory[address] = pdu.getShort();
      case 16 -> {
        int count = pdu.getShort();
        pdu.get();
        for (int i = 0; i < count; i++) {
          memory[address + i] = pdu.getShort();
        }
        return ByteBuffer.allocate(5)
            .put((byte) 16)
            .putShort((short) address)
            .putShort((short) count)
            .array();
      }
      case 22 -> {
        short and = pdu.getShort();
        short or = pdu.getShort();
        memory[address] = (short) (memory[address] & and | or & ~and);
      }
      default -> throw new IllegalArgumentException("function " + function);
    }
    return frame.pdu();
  }

  private static byte[] read(int function, short[] memory, int address, int count) {
    ByteBuffer answer = ByteBuffer.allocate(2 + 2 * count);
    answer.put((byte) function).put((byte) (2 * count));
    for (int i = 0; i < count; i++) {
      answer.putShort(memory[address + i]);
    }
    return answer.array();
  }

  void dropConnections() throws IOException {
    synchronized (sockets) {
      for (Socket socket : sockets) {
        socket.close();
      }
      sockets.clear();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    dropConnections();
  }
}
