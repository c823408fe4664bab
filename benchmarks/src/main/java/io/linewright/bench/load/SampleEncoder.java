package io.linewright.bench.load;

import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.SampleValue.BooleanValue;
import io.linewright.model.sample.SampleValue.DoubleValue;
import io.linewright.model.sample.SampleValue.IntegerValue;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Good samples straight into the table, by one binary COPY, without the service's code. */
public final class SampleEncoder {

  private static final String COPY =
      "COPY ingest.sample (tag_id, source_time, ordinal, status, number, integer, bool,"
          + " gateway_time, ingest_time) FROM STDIN (FORMAT binary)";
  private static final int FIELDS = 9;
  private static final int ROW_BYTES = 2 + FIELDS * 4 + 4 + 8 + 2 + 4 + 8 + 8 + 8;
  private static final int BUFFER_BYTES = 1 << 20;
  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };

  /** PostgreSQL counts microseconds from 2000-01-01. */
  private static final long EPOCH_2000_MICROS = 946_684_800_000_000L;

  private final CopyIn copy;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);

  /** Begins a COPY on the connection. */
  public SampleEncoder(Connection connection) throws SQLException {
    copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY);
    buffer.put(SIGNATURE);
  }

  /**
   * Adds a row; all times in microseconds since 1970.
   *
   * @throws IllegalArgumentException if the value is a text or bytes
   */
  public void row(int tagId, long micros, SampleValue value, long gatewayMicros, long ingestMicros)
      throws SQLException {
    if (buffer.remaining() < 2 * ROW_BYTES) {
      flush();
    }
    buffer.putShort((short) FIELDS);
    buffer.putInt(4).putInt(tagId);
    time(micros);
    buffer.putInt(2).putShort((short) 0);
    buffer.putInt(4).putInt(0);
    switch (value) {
      case DoubleValue(double number) -> buffer.putInt(8).putDouble(number).putInt(-1).putInt(-1);
      case IntegerValue(long whole) -> buffer.putInt(-1).putInt(8).putLong(whole).putInt(-1);
      case BooleanValue(boolean truth) ->
          buffer.putInt(-1).putInt(-1).putInt(1).put((byte) (truth ? 1 : 0));
      default -> throw new IllegalArgumentException(value + " is neither number nor truth value");
    }
    time(gatewayMicros);
    time(ingestMicros);
  }

  private void time(long micros) {
    buffer.putInt(8).putLong(micros - EPOCH_2000_MICROS);
  }

  private void flush() throws SQLException {
    copy.writeToCopy(buffer.array(), 0, buffer.position());
    buffer.clear();
  }

  /** Ends the COPY; number of rows. */
  public long end() throws SQLException {
    buffer.putShort((short) -1);
    flush();
    return copy.endCopy();
  }
}
