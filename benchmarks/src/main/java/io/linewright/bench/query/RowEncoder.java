package io.linewright.bench.query;

import java.nio.ByteBuffer;

/** Rows of doubles for {@code COPY ingest.sample (COLUMNS) FROM STDIN (FORMAT binary)}. */
final class RowEncoder {

  static final String COLUMNS =
      "tag_id, source_time, ordinal, status, number, gateway_time, ingest_time";

  /** Bytes of a row. */
  static final int ROW_BYTES = 2 + 7 * 4 + 4 + 8 + 2 + 4 + 8 + 8 + 8;

  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };

  /** PostgreSQL counts microseconds from 2000-01-01. */
  private static final long EPOCH_2000_MICROS = 946_684_800_000_000L;

  private static final long GATEWAY_AFTER_MICROS = 50_000;
  private static final long INGEST_AFTER_MICROS = 200_000;

  private RowEncoder() {}

  /** Begins the data. */
  static void begin(ByteBuffer out) {
    out.put(SIGNATURE);
  }

  /** Adds a Good row. */
  static void row(ByteBuffer out, int tagId, long micros, double number) {
    long time = micros - EPOCH_2000_MICROS;
    out.putShort((short) 7);
    out.putInt(4).putInt(tagId);
    out.putInt(8).putLong(time);
    out.putInt(2).putShort((short) 0);
    out.putInt(4).putInt(0);
    out.putInt(8).putDouble(number);
    out.putInt(8).putLong(time + GATEWAY_AFTER_MICROS);
    out.putInt(8).putLong(time + INGEST_AFTER_MICROS);
  }

  /** Ends the data. */
  static void end(ByteBuffer out) {
    out.putShort((short) -1);
  }
}
