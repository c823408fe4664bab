package io.linewright.bench.live;

import java.util.List;

/** What streams bring from a moment on; what came before, such as the opening values, is not it. */
final class BlockEvents {

  private final List<StreamReader> readers;
  private final long[] before;

  /** Counts from now on. */
  BlockEvents(List<StreamReader> readers) {
    this.readers = List.copyOf(readers);
    this.before = readers.stream().mapToLong(StreamReader::events).toArray();
  }

  /** Events of the stream that has brought fewest. */
  long fewest() {
    long fewest = Long.MAX_VALUE;
    for (int i = 0; i < before.length; i++) {
      fewest = Math.min(fewest, readers.get(i).events() - before[i]);
    }
    return fewest;
  }

  /** How many streams have brought nothing. */
  int silent() {
    int silent = 0;
    for (int i = 0; i < before.length; i++) {
      silent += readers.get(i).events() == before[i] ? 1 : 0;
    }
    return silent;
  }
}
