package io.linewright.bench.edge;

import org.jspecify.annotations.Nullable;

/** One Sparkplug metric as it travelled; filled anew for each. */
final class WireMetric {

  @Nullable String name;
  long alias;
  long millis;
  long micros;
  int ordinal;
  long status;
  int type;
  boolean historical;
  @Nullable Object value;

  /**
   * Reads the next metric.
   *
   * @throws IllegalArgumentException if the bytes are none
   */
  void read(Wire in) {
    name = null;
    alias = -1;
    millis = 0;
    micros = 0;
    ordinal = 0;
    status = 0;
    type = 0;
    historical = false;
    value = null;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> name = in.text();
        case 2 -> alias = in.varint();
        case 3 -> millis = in.varint();
        case 4 -> type = (int) in.varint();
        case 5 -> historical = in.varint() != 0;
        case 9 -> properties(in.message());
        case 10, 11 -> value = in.varint();
        case 13 -> value = Double.longBitsToDouble(in.fixed64());
        case 14 -> value = in.varint() != 0;
        case 15 -> value = in.text();
        default -> in.skip();
      }
    }
  }

  /** Keys first, values behind them in the same order. */
  private void properties(Wire in) {
    String[] keys = new String[8];
    int known = 0;
    int read = 0;
    while (in.next()) {
      if (in.field() == 1) {
        String key = in.text();
        if (known < keys.length) {
          keys[known++] = key;
        }
      } else if (in.field() == 2 && read < known) {
        property(keys[read++], in.message());
      } else {
        in.skip();
      }
    }
  }

  private void property(String key, Wire in) {
    while (in.next()) {
      if (in.field() == 3 || in.field() == 4) {
        long number = in.varint();
        switch (key) {
          case "sourceMicros" -> micros = number;
          case "ordinal" -> ordinal = (int) number;
          case "statusCode" -> status = number & 0xFFFF_FFFFL;
          default -> {
            // of no interest here
          }
        }
      } else {
        in.skip();
      }
    }
  }

  /** Source time in microseconds since 1970. */
  long sourceMicros() {
    return millis * 1000 + micros;
  }
}
