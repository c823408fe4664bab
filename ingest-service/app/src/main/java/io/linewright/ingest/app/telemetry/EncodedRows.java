package io.linewright.ingest.app.telemetry;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

/** Rows that {@link CopyEncoder} has encoded, of which all or some are copied into a table. */
final class EncodedRows {

  private static final byte[] HEADER = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };
  private static final byte[] TRAILER = {(byte) 0xFF, (byte) 0xFF};
  private static final int PIECE_BYTES = 64 * 1024;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] bytes;
  private final int[] ends;

  /**
   * @param ends where each row ends in {@code bytes}; its last eight bytes are the time of storing
   */
  EncodedRows(byte[] bytes, int[] ends) {
    this.bytes = bytes;
    this.ends = ends;
  }

  /** Puts the time of storing into every row. */
  void stamp(Instant ingestTime) {
    long stamp = CopyEncoder.timestamp(ChronoUnit.MICROS.between(Instant.EPOCH, ingestTime));
    for (int end : ends) {
      LONG.set(bytes, end - Long.BYTES, stamp);
    }
  }

  /**
   * Copies the rows whose bit in {@code chosen} is {@code wanted}, in their order.
   *
   * @param command a COPY in binary format with the columns of {@code SampleTable.COLUMNS}
   * @return number of rows that the table took
   */
  long copy(CopyManager copies, String command, BitSet chosen, boolean wanted) throws SQLException {
    CopyIn copy = copies.copyIn(command);
    try {
      copy.writeToCopy(HEADER, 0, HEADER.length);
      int from = next(chosen, wanted, 0);
      while (from < ends.length) {
        int behind = next(chosen, !wanted, from);
        send(copy, from == 0 ? 0 : ends[from - 1], ends[behind - 1]);
        from = next(chosen, wanted, behind);
      }
      copy.writeToCopy(TRAILER, 0, TRAILER.length);
      return copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  /** In pieces: the server takes up a message only when it has all of it. */
  private void send(CopyIn copy, int begin, int end) throws SQLException {
    for (int at = begin; at < end; at += PIECE_BYTES) {
      copy.writeToCopy(bytes, at, Math.min(PIECE_BYTES, end - at));
    }
  }

  /** The first row from {@code from} on whose bit is {@code wanted}; the number of rows if none. */
  private int next(BitSet chosen, boolean wanted, int from) {
    int found = wanted ? chosen.nextSetBit(from) : chosen.nextClearBit(from);
    return found < 0 ? ends.length : Math.min(found, ends.length);
  }
}
