package io.linewright.bench.historian;

import io.linewright.model.sample.DataType;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** Compares every row of the table with what was sent. Written without the service's code. */
public final class StoredCheck {

  private static final String COPY =
      "COPY (SELECT tag_id, source_time, ordinal, status, number, integer, bool, ingest_time"
          + " FROM ingest.sample WHERE tag_id = ANY ('{%s}')) TO STDOUT (FORMAT binary)";
  private static final int UNKNOWN = -1;
  private static final int HEADER_BYTES = 19;
  private static final long EPOCH_2000_MICROS = 946_684_800_000_000L;

  /**
   * What the table holds.
   *
   * @param stored samples of those sent that are there
   * @param lost samples sent that are not there
   * @param repeated rows that say again what another row says: none as long as the table has its
   *     key. A sample that was stored twice shows elsewhere, in the books, roll-ups and events
   * @param wrong rows that say something else than what was sent, or of a time nothing was sent for
   * @param commits different times of storing: transactions that have stored something
   */
  public record Verdict(long stored, long lost, long repeated, long wrong, int commits) {}

  private final KnownSamples known;
  private final Map<Integer, Integer> tagOf = new HashMap<>();
  private final int[] samples;
  private final BitSet[] seen;
  private final Set<Long> commits = new HashSet<>();
  private long repeated;
  private long wrong;

  /**
   * @param tagIds number of each tag in the registry
   * @param samples how many samples were sent of each tag, numbered from 0
   */
  public StoredCheck(KnownSamples known, int[] tagIds, int[] samples) {
    this.known = known;
    this.samples = samples.clone();
    this.seen = new BitSet[tagIds.length];
    for (int tag = 0; tag < tagIds.length; tag++) {
      tagOf.put(tagIds[tag], tag);
      seen[tag] = new BitSet();
    }
  }

  /** Reads all rows of the tags. */
  public Verdict read(Connection connection) throws SQLException {
    String ids =
        String.join(",", tagOf.keySet().stream().map(Object::toString).toArray(String[]::new));
    CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(COPY.formatted(ids));
    boolean first = true;
    for (byte[] bytes = copy.readFromCopy(); bytes != null; bytes = copy.readFromCopy()) {
      ByteBuffer row = ByteBuffer.wrap(bytes);
      if (first) {
        row.position(HEADER_BYTES);
        first = false;
      }
      if (row.remaining() >= Short.BYTES && row.getShort() >= 0) {
        compare(row);
      }
    }
    return verdict();
  }

  /** What the rows so far say. */
  Verdict verdict() {
    long stored = 0;
    long lost = 0;
    for (int tag = 0; tag < seen.length; tag++) {
      stored += seen[tag].cardinality();
      lost += samples[tag] - seen[tag].cardinality();
    }
    return new Verdict(stored, lost, repeated, wrong, commits.size());
  }

  /**
   * Takes a row.
   *
   * @param row in PostgreSQL's binary form, behind the number of its fields
   */
  void compare(ByteBuffer row) {
    int tag = tagOf.getOrDefault(row.getInt(row.position() + 4), UNKNOWN);
    row.position(row.position() + 8);
    long micros = row.getLong(row.position() + 4) + EPOCH_2000_MICROS;
    row.position(row.position() + 12);
    int ordinal = row.getShort(row.position() + 4);
    row.position(row.position() + 6);
    int status = row.getInt(row.position() + 4);
    row.position(row.position() + 8);
    long past = micros - known.beginMicros();
    long number = Math.floorDiv(past, KnownSamples.STEP_MICROS);
    boolean sent =
        tag != UNKNOWN
            && past % KnownSamples.STEP_MICROS == 0
            && number >= 0
            && number < samples[tag]
            && ordinal == 0
            && status == 0
            && sameValue(row, tag, number);
    commits.add(row.getLong(row.limit() - Long.BYTES));
    if (!sent) {
      wrong++;
    } else if (seen[tag].get((int) number)) {
      repeated++;
    } else {
      seen[tag].set((int) number);
    }
  }

  /** Three columns, of which the one of the tag's type is filled. */
  private static boolean sameValue(ByteBuffer row, int tag, long number) {
    DataType type = KnownSamples.type(tag);
    boolean same = true;
    int length = row.getInt();
    if (length == 8) {
      same &= type == DataType.DOUBLE && row.getDouble() == KnownSamples.number(tag, number);
    } else {
      same &= type != DataType.DOUBLE;
    }
    length = row.getInt();
    if (length == 8) {
      same &= type == DataType.INTEGER && row.getLong() == KnownSamples.integer(tag, number);
    } else {
      same &= type != DataType.INTEGER;
    }
    length = row.getInt();
    if (length == 1) {
      same &= type == DataType.BOOLEAN && (row.get() == 1) == KnownSamples.bool(tag, number);
    } else {
      same &= type != DataType.BOOLEAN;
    }
    return same;
  }
}
