package io.linewright.edge.app.modbus;

import static org.awaitility.Awaitility.await;

import io.linewright.edge.modbus.frame.Frame;
import io.linewright.edge.modbus.frame.RtuFraming;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A serial line made of two pseudo-terminals, with RTU devices at its end that have ten holding
 * registers each. Needs socat.
 */
final class SerialPair implements AutoCloseable {

  private static final int READ = 3;
  private static final int WRITE = 6;
  private static final int REQUEST_BYTES = 8;

  final Map<Integer, short[]> units = new ConcurrentHashMap<>();
  private final Path directory;
  private final Process socat;

  SerialPair(Path directory, Map<Integer, short[]> units) throws IOException {
    this.directory = directory;
    this.units.putAll(units);
    this.socat =
        new ProcessBuilder("socat", terminal("gateway"), terminal("device"))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("socat.log").toFile())
            .start();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> Files.exists(gatewaySide()) && Files.exists(directory.resolve("device")));
    Thread.ofPlatform().daemon().name("rtu-device").start(this::serve);
  }

  static boolean possible() throws InterruptedException {
    try {
      return new ProcessBuilder("socat", "-V")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException notInstalled) {
      return false;
    }
  }

  private String terminal(String name) {
    return "pty,raw,echo=0,link=" + directory.resolve(name);
  }

  /** The registers of a unit. */
  short[] unit(int unit) {
    return Objects.requireNonNull(units.get(unit));
  }

  /** The name of the gateway's serial port. */
  Path gatewaySide() {
    return directory.resolve("gateway");
  }

  private void serve() {
    Path device = directory.resolve("device");
    try (InputStream in = new FileInputStream(device.toFile());
        FileOutputStream out = new FileOutputStream(device.toFile())) {
      byte[] request = in.readNBytes(REQUEST_BYTES);
      while (request.length == REQUEST_BYTES) {
        byte[] answer = answer(request);
        if (answer.length > 0) {
          out.write(answer);
        }
        request = in.readNBytes(REQUEST_BYTES);
      }
    } catch (IOException lineGone) {
      // as a device whose cable was pulled
    }
  }

  private byte[] answer(byte[] request) {
    int unit = request[0];
    byte[] pdu = Arrays.copyOfRange(request, 1, REQUEST_BYTES - 2);
    if (!Arrays.equals(framed(unit, pdu), request)) {
      throw new IllegalStateException("broken request " + Arrays.toString(request));
    }
    short[] registers = units.get(unit);
    if (registers == null) {
      return new byte[0];
    }
    ByteBuffer body = ByteBuffer.wrap(pdu);
    int function = body.get();
    int address = body.getShort();
    short last = body.getShort();
    if (function == WRITE) {
      registers[address] = last;
      return request;
    }
    if (function != READ || address + last > registers.length) {
      return framed(unit, new byte[] {(byte) (function | 0x80), 2});
    }
    ByteBuffer values = ByteBuffer.allocate(2 + 2 * last);
    values.put((byte) READ).put((byte) (2 * last));
    for (int i = 0; i < last; i++) {
      values.putShort(registers[address + i]);
    }
    return framed(unit, values.array());
  }

  private static byte[] framed(int unit, byte[] pdu) {
    return new RtuFraming().encode(new Frame(Frame.UNNUMBERED, unit, pdu));
  }

  /** Pulls the cable. */
  @Override
  public void close() throws InterruptedException {
    socat.destroy();
    if (!socat.waitFor(5, TimeUnit.SECONDS)) {
      socat.destroyForcibly();
    }
  }
}
