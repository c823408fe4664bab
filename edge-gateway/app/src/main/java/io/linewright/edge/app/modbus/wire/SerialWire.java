package io.linewright.edge.app.modbus.wire;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortDataListener;
import com.fazecast.jSerialComm.SerialPortEvent;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import io.linewright.edge.config.Connection.SerialLine;
import io.linewright.edge.modbus.frame.Frame;
import io.linewright.edge.modbus.frame.FramingException;
import io.linewright.edge.modbus.frame.RtuFraming;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A serial line with RTU messages. Before each request the line is silent for 3.5 characters, which
 * tells the devices that a message begins; what is answered is told apart by length and check sum.
 */
public final class SerialWire implements Wire {

  private static final int READ_BYTES = 512;

  /** The library tells of the same bytes again and again until they are read. */
  private static final long EVENT_PAUSE_NANOS = 1_000_000;

  private final SerialPort port;
  private final SerialLine line;
  private final RtuFraming framing = new RtuFraming();
  private final Semaphore news = new Semaphore(0);
  private final byte[] input = new byte[READ_BYTES];
  private long quietFrom = System.nanoTime();

  private SerialWire(SerialPort port, SerialLine line) {
    this.port = port;
    this.line = line;
  }

  /**
   * Opens the line for this process alone.
   *
   * @param device as {@code /dev/ttyUSB0}
   * @throws IOException if that is not possible
   */
  public static SerialWire open(String device, SerialLine line) throws IOException {
    SerialPort port;
    try {
      port = SerialPort.getCommPort(device);
    } catch (SerialPortInvalidPortException none) {
      throw new IOException("there is no such device", none);
    }
    port.setComPortParameters(line.baud(), 8, stopBits(line), parity(line));
    port.setFlowControl(SerialPort.FLOW_CONTROL_DISABLED);
    port.setComPortTimeouts(SerialPort.TIMEOUT_NONBLOCKING, 0, 0);
    if (!port.openPort()) {
      throw new IOException("error " + port.getLastErrorCode() + " of the system");
    }
    SerialWire wire = new SerialWire(port, line);
    if (!port.addDataListener(wire.new Listener())) {
      port.closePort();
      throw new IOException("it cannot be listened to");
    }
    return wire;
  }

  private static int stopBits(SerialLine line) {
    return line.stopBits() == 1 ? SerialPort.ONE_STOP_BIT : SerialPort.TWO_STOP_BITS;
  }

  private static int parity(SerialLine line) {
    return switch (line.parity()) {
      case NONE -> SerialPort.NO_PARITY;
      case EVEN -> SerialPort.EVEN_PARITY;
      case ODD -> SerialPort.ODD_PARITY;
    };
  }

  /** Tells that something came; the bytes are read by the connection's thread. */
  private final class Listener implements SerialPortDataListener {

    @Override
    public int getListeningEvents() {
      return SerialPort.LISTENING_EVENT_DATA_AVAILABLE
          | SerialPort.LISTENING_EVENT_PORT_DISCONNECTED;
    }

    @Override
    public void serialEvent(SerialPortEvent event) {
      wakeup();
      LockSupport.parkNanos(EVENT_PAUSE_NANOS);
    }
  }

  @Override
  public void send(Frame frame) throws IOException, InterruptedException {
    framing.reset(); // nothing is outstanding, so what is left over belongs to no answer
    TimeUnit.NANOSECONDS.sleep(quietFrom + line.silenceNanos() - System.nanoTime());
    byte[] bytes = framing.encode(frame);
    if (port.writeBytes(bytes, bytes.length) != bytes.length) {
      throw new IOException("the line takes no request");
    }
    quietFrom = System.nanoTime() + line.nanos(bytes.length);
  }

  @Override
  public void await(long nanos) throws IOException, InterruptedException {
    if (nanos > 0 && port.bytesAvailable() == 0) {
      boolean woken = news.tryAcquire(nanos, TimeUnit.NANOSECONDS);
      if (woken) {
        news.drainPermits();
      }
    } else if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  @Override
  public List<Frame> received() throws IOException, FramingException {
    List<Frame> frames = new ArrayList<>();
    int available = port.bytesAvailable();
    while (available > 0) {
      int count = port.readBytes(input, Math.min(available, input.length));
      if (count > 0) {
        frames.addAll(framing.decode(input, count));
        quietFrom = System.nanoTime();
      }
      available = count < 0 ? -1 : port.bytesAvailable();
    }
    if (available < 0 && frames.isEmpty()) {
      throw new EOFException("the serial line is gone");
    }
    return frames;
  }

  @Override
  public void wakeup() {
    news.release();
  }

  @Override
  public void close() throws IOException {
    port.removeDataListener();
    if (!port.closePort()) {
      throw new IOException("the serial line cannot be closed");
    }
  }
}
