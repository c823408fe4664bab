package io.linewright.bench.compare;

import io.linewright.bench.plant.CanonicalValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The simulator's log of what it did; format in {@code docs/simulator.md}.
 *
 * @param observedMicros from when on every tag was watched; empty: the log does not say so
 * @param endedMicros when the values came to rest; empty: not yet
 * @param lines changes per tag, in order, also those before {@code observedMicros}
 */
public record TruthFile(
    OptionalLong observedMicros, OptionalLong endedMicros, Map<String, List<TruthLine>> lines) {

  /**
   * Reads a log.
   *
   * @throws IOException if it cannot be read or a line is not in the format
   */
  public static TruthFile read(Path file) throws IOException {
    Map<String, List<TruthLine>> lines = new LinkedHashMap<>();
    OptionalLong observed = OptionalLong.empty();
    OptionalLong ended = OptionalLong.empty();
    try (BufferedReader in = Files.newBufferedReader(file)) {
      int number = 0;
      for (@Nullable String line = in.readLine(); line != null; line = in.readLine()) {
        number++;
        if (line.startsWith("# observed ")) {
          observed = OptionalLong.of(Long.parseLong(line.substring(11).strip()));
        } else if (line.startsWith("# ended ")) {
          ended = OptionalLong.of(Long.parseLong(line.substring(8).strip()));
        } else if (!line.startsWith("#") && !line.isEmpty()) {
          TruthLine parsed = parse(file, number, line);
          lines.computeIfAbsent(parsed.tag(), t -> new ArrayList<>()).add(parsed);
        }
      }
    }
    return new TruthFile(observed, ended, lines);
  }

  /**
   * The time of a comment such as {@code # ended}, if the log has reached it; cheap to ask often.
   */
  public static boolean hasEnded(Path file) throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    try (var channel = Files.newByteChannel(file)) {
      long tail = Math.max(0, channel.size() - 4096);
      channel.position(tail);
      var buffer = java.nio.ByteBuffer.allocate(4096);
      while (channel.read(buffer) > 0 && buffer.hasRemaining()) {
        // until the tail is read
      }
      String text =
          new String(buffer.array(), 0, buffer.position(), java.nio.charset.StandardCharsets.UTF_8);
      return text.contains("\n# ended ");
    }
  }

  /** Number of changes after {@code observedMicros}. */
  public long expectedCount() {
    long from = observedMicros.orElse(Long.MIN_VALUE);
    return lines.values().stream()
        .flatMap(List::stream)
        .filter(line -> line.sourceMicros() >= from)
        .count();
  }

  private static TruthLine parse(Path file, int number, String line) throws IOException {
    String[] fields = line.split("\t", -1);
    if (fields.length != 4 && fields.length != 5) {
      throw new IOException(
          "%s:%d: 4 or 5 fields expected, %d found".formatted(file, number, fields.length));
    }
    Optional<String> mark = fields.length == 5 ? Optional.of(fields[4]) : Optional.empty();
    try {
      return new TruthLine(
          Long.parseLong(fields[0]),
          fields[1],
          CanonicalValue.of(fields[2], fields[3]),
          mark.filter("modbus"::equals).isPresent());
    } catch (IllegalArgumentException unreadable) {
      throw new IOException(
          "%s:%d: %s".formatted(file, number, unreadable.getMessage()), unreadable);
    }
  }
}
