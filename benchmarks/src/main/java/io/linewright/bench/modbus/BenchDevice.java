package io.linewright.bench.modbus;

import io.linewright.bench.plant.Json;
import java.io.BufferedInputStream;
import java.io.BufferedWriter;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A Modbus TCP server of 20 units with 2,000 known registers each, in a process of its own. Answers
 * one in a hundred reads late or with an exception, and writes down which.
 */
@Command(name = "modbus-device", hidden = true, description = "The device of bench modbus.")
public final class BenchDevice implements Callable<Integer> {

  private static final int[] EXCEPTIONS = {4, 6, 5, 8};

  @Option(names = "--directory", required = true, description = "For hits, counts and the port.")
  private Path directory = Path.of(".");

  @Option(names = "--seed", description = "Seed of the faults.")
  private long seed;

  @Option(names = "--faults", description = "Share of faults, 0 to 1.")
  private double faults;

  @Option(names = "--timeout", description = "Time-out of the gateway, ms.")
  private long timeoutMillis;

  private final KnownValues values = new KnownValues();
  private final Map<String, AtomicLong> reads = new TreeMap<>();
  private final ScheduledExecutorService delayed = Executors.newScheduledThreadPool(1);
  private long strange;

  @Override
  public Integer call() throws Exception {
    for (int unit = 1; unit <= ModbusBench.UNITS; unit++) {
      for (int block = 0; block < ModbusBench.BLOCKS; block++) {
        reads.put(unit + "/" + block, new AtomicLong());
      }
    }
    delayed.scheduleWithFixedDelay(this::writeCounts, 1, 1, TimeUnit.SECONDS);
    try (ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        BufferedWriter hits = Files.newBufferedWriter(directory.resolve("hits.tsv"))) {
      publish("port", Integer.toString(listener.getLocalPort()));
      while (true) {
        Socket socket = listener.accept();
        socket.setTcpNoDelay(true);
        Thread.ofPlatform().daemon().start(() -> serve(socket, hits));
      }
    }
  }

  private void publish(String name, String text) throws IOException {
    Path part = Files.writeString(directory.resolve(name + ".part"), text);
    Files.move(part, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private void writeCounts() {
    try {
      publish("reads.json", Json.line(reads));
    } catch (IOException full) {
      throw new java.io.UncheckedIOException(full);
    }
  }

  private void serve(Socket socket, BufferedWriter hits) {
    Random random = new Random(seed);
    byte[] request = new byte[12];
    try (DataInputStream in =
            new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        OutputStream out = socket.getOutputStream()) {
      while (true) {
        in.readFully(request);
        handle(ByteBuffer.wrap(request), out, random, hits);
      }
    } catch (IOException closed) {
      System.out.println("connection ended: " + closed + ", strange requests: " + strange);
    }
  }

  private void handle(ByteBuffer request, OutputStream out, Random random, BufferedWriter hits)
      throws IOException {
    short number = request.getShort(0);
    int unit = request.get(6) & 0xFF;
    int start = request.getShort(8) & 0xFFFF;
    int count = request.getShort(10) & 0xFFFF;
    int block = start / Field.BLOCK;
    @Nullable AtomicLong counter = reads.get(unit + "/" + block);
    if (request.get(7) != 3 || counter == null || start % Field.BLOCK + count > Field.BLOCK) {
      strange++;
      send(out, exception(number, unit, 2));
      return;
    }
    counter.incrementAndGet();
    long now = System.currentTimeMillis();
    byte[] answer = answer(number, unit, block, start % Field.BLOCK, count, now);
    if (random.nextDouble() >= faults) {
      send(out, answer);
    } else if (random.nextBoolean()) {
      long delay = timeoutMillis + 20 + random.nextInt(200);
      note(hits, now, unit, block, "late");
      delayed.schedule(() -> sendQuietly(out, answer), delay, TimeUnit.MILLISECONDS);
    } else {
      int code = EXCEPTIONS[random.nextInt(EXCEPTIONS.length)];
      note(hits, now, unit, block, "exception-" + code);
      send(out, exception(number, unit, code));
    }
  }

  private static void note(BufferedWriter hits, long now, int unit, int block, String kind)
      throws IOException {
    synchronized (hits) {
      hits.write(now + "\t" + unit + "\t" + block + "\t" + kind + "\n");
      hits.flush();
    }
  }

  private byte[] answer(short number, int unit, int block, int first, int count, long now) {
    return ByteBuffer.allocate(9 + 2 * count)
        .putShort(number)
        .putShort((short) 0)
        .putShort((short) (3 + 2 * count))
        .put((byte) unit)
        .put((byte) 3)
        .put((byte) (2 * count))
        .put(values.registers(unit, block, now), 2 * first, 2 * count)
        .array();
  }

  private static byte[] exception(short number, int unit, int code) {
    return ByteBuffer.allocate(9)
        .putShort(number)
        .putShort((short) 0)
        .putShort((short) 3)
        .put((byte) unit)
        .put((byte) 0x83)
        .put((byte) code)
        .array();
  }

  private static void send(OutputStream out, byte[] bytes) throws IOException {
    synchronized (out) {
      out.write(bytes);
    }
  }

  private static void sendQuietly(OutputStream out, byte[] bytes) {
    try {
      send(out, bytes);
    } catch (IOException closed) {
      System.out.println("late answer after the end of its connection");
    }
  }
}
