package io.linewright.oee.app.log;

import io.linewright.oee.event.EventLog;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;

/**
 * The events of one machine and day, and how many parts they are stored in.
 *
 * @param events all of them
 * @param parts how many parts there are of each stream and level, see {@link #parts(int, int)}
 */
record DayLog(EventLog events, List<Integer> parts) {

  /** Levels of parts: those of transactions, and three of merged ones. */
  static final int LEVELS = 4;

  /** States, counts, context; and energy, which is read less often. */
  static final int STREAMS = 2;

  /** A day without events. */
  static final DayLog NONE = new DayLog(EventLog.NONE, Collections.nCopies(STREAMS * LEVELS, 0));

  /** Whose day. */
  record Key(int machineId, LocalDate day) {}

  DayLog {
    parts = List.copyOf(parts);
  }

  /** How many parts of a stream and level there are; they are numbered from 0. */
  int parts(int stream, int level) {
    return parts.get(stream * LEVELS + level);
  }
}
