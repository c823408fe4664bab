package io.linewright.ingest.app.telemetry;

import io.linewright.ingest.batch.SampleRow;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.SampleValue.BooleanValue;
import io.linewright.model.sample.SampleValue.BytesValue;
import io.linewright.model.sample.SampleValue.DoubleValue;
import io.linewright.model.sample.SampleValue.IntegerValue;
import io.linewright.model.sample.SampleValue.StringValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows in PostgreSQL's binary COPY format (documentation of COPY, "Binary Format"), in the column
 * order of {@code SampleTable.COLUMNS}. Written by hand because it is the hottest loop of the
 * service.
 */
final class CopyEncoder {

  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0
  };
  private static final short FIELDS = 11;
  private static final int VALUE_FIELDS = 5;

  /** PostgreSQL counts microseconds from 2000-01-01. */
  private static final long EPOCH_2000_MICROS = 946_684_800_000_000L;

  /** Room that a row needs at most, apart from text and bytes. */
  private static final int ROW_BYTES = 2 + FIELDS * 4 + 4 + 8 + 2 + 4 + 8 + 8 + 8;

  private ByteBuffer out = ByteBuffer.allocate(64 * 1024);

  /**
   * The rows as COPY takes them: readable from position 0 to the limit, valid until the next call.
   *
   * @param ingestMicros time of storing, microseconds since the epoch
   */
  ByteBuffer encode(List<SampleRow> rows, long ingestMicros) {
    out.clear();
    out.put(SIGNATURE).putInt(0).putInt(0);
    for (SampleRow row : rows) {
      put(row, ingestMicros);
    }
    room(Short.BYTES);
    out.putShort((short) -1);
    return out.flip();
  }

  private void put(SampleRow row, long ingestMicros) {
    Sample sample = row.sample();
    room(ROW_BYTES);
    out.putShort(FIELDS);
    out.putInt(4).putInt(row.tagId());
    putTime(sample.sourceMicros());
    out.putInt(2).putShort((short) sample.ordinal());
    out.putInt(4).putInt(sample.status().bits());
    putValue(sample.value());
    putTime(row.gatewayMicros());
    putTime(ingestMicros);
  }

  private void putTime(long micros) {
    out.putInt(8).putLong(micros - EPOCH_2000_MICROS);
  }

  /** Five columns, of which the value's type fills one. */
  private void putValue(@Nullable SampleValue value) {
    switch (value) {
      case null -> nulls(VALUE_FIELDS);
      case DoubleValue(double number) -> {
        out.putInt(8).putDouble(number);
        nulls(4);
      }
      case IntegerValue(long integer) -> {
        nulls(1);
        out.putInt(8).putLong(integer);
        nulls(3);
      }
      case BooleanValue(boolean bool) -> {
        nulls(2);
        out.putInt(1).put((byte) (bool ? 1 : 0));
        nulls(2);
      }
      case StringValue(String text) -> {
        nulls(3);
        putBytes(text.getBytes(StandardCharsets.UTF_8));
        nulls(1);
      }
      case BytesValue(byte[] bytes) -> {
        nulls(4);
        putBytes(bytes);
      }
    }
  }

  private void putBytes(byte[] bytes) {
    room(bytes.length + ROW_BYTES);
    out.putInt(bytes.length).put(bytes);
  }

  private void nulls(int count) {
    for (int i = 0; i < count; i++) {
      out.putInt(-1);
    }
  }

  private void room(int bytes) {
    if (out.remaining() < bytes) {
      int needed = Math.addExact(out.position(), bytes);
      byte[] larger = Arrays.copyOf(out.array(), Math.max(needed, 2 * out.capacity()));
      out = ByteBuffer.wrap(larger).position(out.position());
    }
  }
}
