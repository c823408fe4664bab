package io.linewright.edge.app.sparkplug;

import java.util.function.LongConsumer;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;

/** Reads which tags a payload of {@link SampleMetrics} is about, without decoding it. */
public final class StoredAliases {

  private static final int METRIC_TAG = Payload.METRICS_FIELD_NUMBER << 3 | 2;
  private static final int ALIAS_TAG = Payload.Metric.ALIAS_FIELD_NUMBER << 3;

  private final byte[] bytes;
  private int at;

  private StoredAliases(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Tells the alias of each metric; ends where the bytes are something else. */
  public static void read(byte[] stored, LongConsumer aliases) {
    new StoredAliases(stored).read(aliases);
  }

  private void read(LongConsumer aliases) {
    while (at < bytes.length && bytes[at] == METRIC_TAG) {
      at++;
      long length = varint();
      long end = at + length;
      if (length < 0 || end > bytes.length) {
        return;
      }
      metric((int) end, aliases);
      at = (int) end;
    }
  }

  /** The alias stands behind {@code is_historical}: both are numbers. */
  private void metric(int end, LongConsumer aliases) {
    while (at < end && (bytes[at] & 7) == 0) {
      int tag = bytes[at++];
      long number = varint();
      if (tag == ALIAS_TAG) {
        aliases.accept(number);
        return;
      }
    }
  }

  private long varint() {
    long number = 0;
    for (int shift = 0; shift < 64 && at < bytes.length; shift += 7) {
      byte octet = bytes[at++];
      number |= (octet & 0x7FL) << shift;
      if (octet >= 0) {
        return number;
      }
    }
    return -1;
  }
}
