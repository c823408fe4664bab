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
 * service. For one batch; the time of storing is not known yet and is put in by {@link
 * EncodedRows}.
 */
final class CopyEncoder {

  private static final short FIELDS = 11;
  private static final int VALUE_FIELDS = 5;

  /** PostgreSQL counts microseconds from 2000-01-01. */
  private static final long EPOCH_2000_MICROS = 946_684_800_000_000L;

  /** Room that a row needs at most, apart from text and bytes. */
  private static final int ROW_BYTES = 2 + FIELDS * 4 + 4 + 8 + 2 + 4 + 8 + 8 + 8;

  private ByteBuffer out;

  private CopyEncoder(int bytes) {
    out = ByteBuffer.allocate(bytes);
  }

  /** The rows in their order. */
  static EncodedRows encode(List<SampleRow> rows) {
    CopyEncoder encoder = new CopyEncoder(rows.size() * ROW_BYTES);
    int[] ends = new int[rows.size()];
    for (int i = 0; i < ends.length; i++) {
      encoder.put(rows.get(i));
      ends[i] = encoder.out.position();
    }
    return new EncodedRows(encoder.out.array(), ends);
  }

  private void put(SampleRow row) {
    Sample sample = row.sample();
    room(ROW_BYTES);
    out.putShort(FIELDS);
    out.putInt(4).putInt(row.tagId());
    putTime(sample.sourceMicros());
    out.putInt(2).putShort((short) sample.ordinal());
    out.putInt(4).putInt(sample.status().bits());
    putValue(sample.value());
    putTime(row.gatewayMicros());
    putTime(0);
  }

  private void putTime(long micros) {
    out.putInt(8).putLong(timestamp(micros));
  }

  /** PostgreSQL's form of microseconds since the epoch of Unix. */
  static long timestamp(long micros) {
    return micros - EPOCH_2000_MICROS;
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
