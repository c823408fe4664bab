package io.linewright.edge.app.modbus.wire;

import io.linewright.edge.modbus.frame.Frame;
import io.linewright.edge.modbus.frame.FramingException;
import java.io.IOException;
import java.util.List;

/**
 * The way to the devices of one connection, for one thread. The thread that judges whether an
 * answer is late also reads: what has arrived is always seen before it is judged, however late the
 * thread runs. Nothing blocks longer than it is told.
 */
public sealed interface Wire extends AutoCloseable permits TcpWire, SerialWire {

  /**
   * Sends a request, or keeps it until the way takes it.
   *
   * @throws IOException if the connection broke, or the device takes no more requests
   */
  void send(Frame frame) throws IOException, InterruptedException;

  /**
   * Waits until something can be read or {@link #wakeup} is called, at most so long.
   *
   * @param nanos 0 or less: does not wait
   */
  void await(long nanos) throws IOException, InterruptedException;

  /**
   * All messages that have arrived.
   *
   * @throws IOException if the connection broke
   * @throws FramingException if what came cannot be Modbus
   */
  List<Frame> received() throws IOException, FramingException;

  /** Ends a wait of the connection's thread; may be called from any thread. */
  void wakeup();

  @Override
  void close() throws IOException;
}
