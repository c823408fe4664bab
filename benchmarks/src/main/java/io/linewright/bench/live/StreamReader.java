package io.linewright.bench.live;

import java.nio.charset.StandardCharsets;

/** Counts what a live stream brings, line by line, without making text of it. For one thread. */
final class StreamReader {

  private static final byte[] TAG = "\"tag\":".getBytes(StandardCharsets.US_ASCII);
  private static final String SKIPPED = "data: {\"values\":";
  private static final int LINE_BEGIN = 48;

  private final byte[] line = new byte[LINE_BEGIN];
  private int length;
  private int matched;
  private boolean skippedNext;
  private volatile long events;
  private volatile long values;
  private volatile long skipped;

  /** Takes bytes of the stream. */
  void take(byte[] bytes, int count) {
    long found = 0;
    for (int i = 0; i < count; i++) {
      byte next = bytes[i];
      if (next == '\n') {
        endLine();
        length = 0;
        matched = 0;
        continue;
      }
      if (length < LINE_BEGIN) {
        line[length++] = next;
      }
      if (next == TAG[matched]) {
        matched++;
        if (matched == TAG.length) {
          found++;
          matched = 0;
        }
      } else {
        matched = next == TAG[0] ? 1 : 0;
      }
    }
    values = values + found;
  }

  private void endLine() {
    String begin = lastLine();
    if (begin.equals("event: values")) {
      events = events + 1;
    }
    if (skippedNext && begin.startsWith(SKIPPED)) {
      String number = begin.substring(SKIPPED.length(), begin.indexOf('}'));
      skipped = skipped + Long.parseLong(number);
    }
    skippedNext = begin.equals("event: skipped");
  }

  /** Begin of the last line. */
  String lastLine() {
    return new String(line, 0, length, StandardCharsets.US_ASCII).trim();
  }

  /** Number of events {@code values}. */
  long events() {
    return events;
  }

  /** Number of values in them. */
  long values() {
    return values;
  }

  /** How many values were skipped, as the stream says. */
  long skipped() {
    return skipped;
  }
}
