package io.linewright.bench.historian;

import io.linewright.model.sample.DataType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * What the database can do: the same rows, encoded beforehand in PostgreSQL's binary format, by one
 * connection with one COPY a commit. A commit holds what the historian stores in one: seconds of
 * the machines of one partition, sorted by tag and time. Written without the service's code.
 */
final class Yardstick implements AutoCloseable {

  private static final String COPY =
      "COPY ingest.sample (tag_id, source_time, ordinal, status, number, integer, bool, text,"
          + " bytes, gateway_time, ingest_time) FROM STDIN (FORMAT binary)";
  private static final byte[] HEADER = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };
  private static final long EPOCH_2000_MICROS = 946_684_800_000_000L;
  private static final int ROW_BYTES = 96;
  private static final int PIECE_BYTES = 64 * 1024;

  /** Part of the file that one commit copies. */
  private record Chunk(long begin, int bytes, int rows) {}

  private final FileChannel file;
  private final List<Chunk> chunks;

  private Yardstick(FileChannel file, List<Chunk> chunks) {
    this.file = file;
    this.chunks = chunks;
  }

  /**
   * Encodes all rows into a file.
   *
   * @param tagIds number of each tag in the registry
   * @param partitionOf partition of each machine
   * @param rowsPerCommit about how many rows one commit holds
   */
  static Yardstick encode(
      Path path,
      KnownSamples known,
      int seconds,
      int[] tagIds,
      List<Integer> partitionOf,
      int rowsPerCommit)
      throws IOException {
    Map<Integer, List<Integer>> machinesOf = new TreeMap<>();
    for (int machine = 0; machine < known.machines(); machine++) {
      machinesOf.computeIfAbsent(partitionOf.get(machine), p -> new ArrayList<>()).add(machine);
    }
    FileChannel file =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    List<Chunk> chunks = new ArrayList<>();
    Deque<Turn> turns = new ArrayDeque<>();
    machinesOf.values().forEach(machines -> turns.add(new Turn(machines, 0)));
    while (!turns.isEmpty()) {
      Turn turn = turns.removeFirst();
      int perSecond = turn.machines().size() * KnownSamples.PER_RECORD;
      int count = Math.max(1, Math.round((float) rowsPerCommit / perSecond));
      int behind = Math.min(seconds, turn.second() + count);
      int rows = (behind - turn.second()) * perSecond;
      ByteBuffer out = ByteBuffer.allocate(rows * ROW_BYTES);
      for (int machine : turn.machines()) {
        for (int i = 0; i < KnownSamples.TAGS; i++) {
          int tag = machine * KnownSamples.TAGS + i;
          put(out, known, tag, tagIds[tag], turn.second(), behind);
        }
      }
      out.flip();
      chunks.add(new Chunk(file.position(), out.limit(), rows));
      while (out.hasRemaining()) {
        file.write(out);
      }
      if (behind < seconds) {
        turns.addLast(new Turn(turn.machines(), behind));
      }
    }
    return new Yardstick(file, chunks);
  }

  /** The partition whose turn it is, and how far it has come. */
  private record Turn(List<Integer> machines, int second) {}

  private static void put(
      ByteBuffer out, KnownSamples known, int tag, int tagId, int fromSecond, int behindSecond) {
    long behind = (long) behindSecond * KnownSamples.PER_SECOND;
    DataType type = KnownSamples.type(tag);
    for (long k = (long) fromSecond * KnownSamples.PER_SECOND; k < behind; k++) {
      out.putShort((short) 11);
      out.putInt(4).putInt(tagId);
      out.putInt(8).putLong(known.micros(k) - EPOCH_2000_MICROS);
      out.putInt(2).putShort((short) 0);
      out.putInt(4).putInt(0);
      switch (type) {
        case DOUBLE -> out.putInt(8).putDouble(KnownSamples.number(tag, k)).putInt(-1).putInt(-1);
        case INTEGER -> out.putInt(-1).putInt(8).putLong(KnownSamples.integer(tag, k)).putInt(-1);
        default ->
            out.putInt(-1).putInt(-1).putInt(1).put((byte) (KnownSamples.bool(tag, k) ? 1 : 0));
      }
      out.putInt(-1).putInt(-1);
      int second = (int) (k / KnownSamples.PER_SECOND);
      out.putInt(8).putLong(known.gatewayMicros(second) - EPOCH_2000_MICROS);
      out.putInt(8).putLong(known.gatewayMicros(second) - EPOCH_2000_MICROS);
    }
  }

  /** Rows of all commits. */
  long rows() {
    return chunks.stream().mapToLong(Chunk::rows).sum();
  }

  /** Number of commits. */
  int commits() {
    return chunks.size();
  }

  /** Copies everything; seconds from the first COPY to the last commit. */
  double copy(Connection connection) throws SQLException, IOException {
    connection.setAutoCommit(false);
    ByteBuffer bytes = ByteBuffer.allocate(chunks.stream().mapToInt(Chunk::bytes).max().orElse(0));
    long begin = System.nanoTime();
    for (Chunk chunk : chunks) {
      bytes.clear().limit(chunk.bytes());
      while (bytes.hasRemaining()) {
        if (file.read(bytes, chunk.begin() + bytes.position()) < 0) {
          throw new IOException("the encoded rows end early");
        }
      }
      CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY);
      copy.writeToCopy(HEADER, 0, HEADER.length);
      // In pieces, so that the server parses while the rest is on its way.
      for (int at = 0; at < chunk.bytes(); at += PIECE_BYTES) {
        copy.writeToCopy(bytes.array(), at, Math.min(PIECE_BYTES, chunk.bytes() - at));
      }
      copy.writeToCopy(new byte[] {-1, -1}, 0, 2);
      copy.endCopy();
      connection.commit();
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
