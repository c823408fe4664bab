package io.linewright.oee.app.cell;

import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows in PostgreSQL's binary COPY format (documentation of COPY, "Binary Format"), field by field.
 */
final class CopyRow {

  /** PostgreSQL counts microseconds and days from 2000-01-01. */
  private static final long EPOCH_2000_MICROS = 946_684_800_000_000L;

  private static final int EPOCH_2000_DAY = 10_957;
  private static final int INT2 = 21;
  private static final int INT4 = 23;
  private static final int INT8 = 20;
  private static final byte LOWER_INCLUSIVE = 2;
  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };

  private ByteBuffer out = ByteBuffer.allocate(64 * 1024).put(SIGNATURE);

  /** Begins a row. */
  CopyRow row(int fields) {
    room(2).putShort((short) fields);
    return this;
  }

  CopyRow int4(@Nullable Integer value) {
    if (value == null) {
      room(4).putInt(-1);
    } else {
      room(8).putInt(4).putInt(value);
    }
    return this;
  }

  CopyRow int8(long value) {
    room(12).putInt(8).putLong(value);
    return this;
  }

  CopyRow bool(boolean value) {
    room(5).putInt(1).put((byte) (value ? 1 : 0));
    return this;
  }

  CopyRow date(LocalDate day) {
    return int4(Math.toIntExact(day.toEpochDay() - EPOCH_2000_DAY));
  }

  CopyRow bytes(byte[] value) {
    room(4 + value.length).putInt(value.length).put(value);
    return this;
  }

  /** {@code timestamptz}, from microseconds since 1970. */
  CopyRow time(long micros) {
    return int8(micros - EPOCH_2000_MICROS);
  }

  /** {@code tstzrange} without its end. */
  CopyRow range(long fromMicros, long toMicros) {
    room(4 + 25).putInt(25).put(LOWER_INCLUSIVE);
    return time(fromMicros).time(toMicros);
  }

  CopyRow int2s(short[] values) {
    array(INT2, values.length, 2);
    for (short value : values) {
      out.putInt(2).putShort(value);
    }
    return this;
  }

  CopyRow int4s(int @Nullable [] values) {
    if (values == null) {
      return int4(null);
    }
    array(INT4, values.length, 4);
    for (int value : values) {
      out.putInt(4).putInt(value);
    }
    return this;
  }

  CopyRow int8s(long @Nullable [] values) {
    if (values == null) {
      return int4(null);
    }
    array(INT8, values.length, 8);
    for (long value : values) {
      out.putInt(8).putLong(value);
    }
    return this;
  }

  /** All rows, with what begins and ends them. */
  byte[] end() {
    room(2).putShort((short) -1);
    return Arrays.copyOf(out.array(), out.position());
  }

  private void array(int type, int length, int size) {
    int dimensions = length == 0 ? 0 : 1;
    int bytes = 12 + dimensions * 8 + length * (4 + size);
    room(4 + bytes).putInt(bytes).putInt(dimensions).putInt(0).putInt(type);
    if (dimensions == 1) {
      out.putInt(length).putInt(1);
    }
  }

  private ByteBuffer room(int bytes) {
    if (out.remaining() < bytes) {
      int needed = Math.addExact(out.position(), bytes);
      byte[] larger = Arrays.copyOf(out.array(), Math.max(needed, 2 * out.capacity()));
      out = ByteBuffer.wrap(larger).position(out.position());
    }
    return out;
  }
}
