package io.linewright.simulator.truth;

import io.linewright.model.sample.SampleValue;
import io.linewright.simulator.tag.PlantTag;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The ground truth as tab-separated text: one line for every value that the plant has shown, and
 * comment lines that begin with {@code # }. The format is described in {@code docs/simulator.md}.
 */
public final class TruthLog implements AutoCloseable {

  private static final int BUFFER_BYTES = 256 * 1024;
  private static final byte[] MODBUS = "\tmodbus\n".getBytes(StandardCharsets.US_ASCII);

  private final OutputStream file;
  private final byte[][] middles;
  private final boolean atOnce;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int length;

  private TruthLog(OutputStream file, List<PlantTag> tags, boolean atOnce) {
    this.file = file;
    this.atOnce = atOnce;
    this.middles = new byte[tags.size()][];
    for (PlantTag tag : tags) {
      String middle = "\t" + tag.description().key() + "\t" + tag.description().type() + "\t";
      middles[tag.index()] = middle.getBytes(StandardCharsets.UTF_8);
    }
  }

  /**
   * Begins a new file; an old one of that name is replaced.
   *
   * @param atOnce whether every line is handed to the operating system when it is written, so that
   *     it outlives a kill of the process
   */
  public static TruthLog create(
      Path path, List<PlantTag> tags, long seed, double speed, boolean atOnce) throws IOException {
    var log = new TruthLog(Files.newOutputStream(path), tags, atOnce);
    log.comment("linewright-truth 1 seed=" + seed + " speed=" + speed);
    log.flush();
    return log;
  }

  /** A log that keeps nothing. */
  public static TruthLog none() {
    return new TruthLog(OutputStream.nullOutputStream(), List.of(), false);
  }

  /**
   * Writes one value.
   *
   * @param micros source time in µs since 1970 (UTC)
   */
  public synchronized void value(PlantTag tag, long micros, SampleValue value) {
    if (middles.length == 0) {
      return;
    }
    append(Long.toString(micros).getBytes(StandardCharsets.US_ASCII));
    append(middles[tag.index()]);
    append(text(value).getBytes(StandardCharsets.UTF_8));
    if (tag.machine().modbus().isPresent()) {
      append(MODBUS);
    } else {
      newLine();
    }
    if (atOnce) {
      flush();
    }
  }

  /** Writes a comment line. */
  public synchronized void comment(String text) {
    append(("# " + text).getBytes(StandardCharsets.UTF_8));
    newLine();
  }

  /** Hands everything to the operating system. */
  public synchronized void flush() {
    try {
      file.write(buffer, 0, length);
      file.flush();
      length = 0;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the truth log: " + e.getMessage(), e);
    }
  }

  @Override
  public synchronized void close() {
    flush();
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close the truth log: " + e.getMessage(), e);
    }
  }

  private void append(byte[] bytes) {
    if (bytes.length + 1 > buffer.length - length) {
      flush();
    }
    System.arraycopy(bytes, 0, buffer, length, bytes.length);
    length += bytes.length;
  }

  private void newLine() {
    buffer[length++] = '\n';
  }

  private static String text(SampleValue value) {
    return switch (value) {
      case SampleValue.BooleanValue b -> Boolean.toString(b.value());
      case SampleValue.IntegerValue i -> Long.toString(i.value());
      case SampleValue.DoubleValue d -> Double.toString(d.value());
      case SampleValue.StringValue s -> s.value();
      case SampleValue.BytesValue b ->
          throw new IllegalArgumentException("the plant has no byte strings: " + b);
    };
  }
}
