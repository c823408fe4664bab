package io.linewright.oee.state;

import io.linewright.oee.event.EventKey;
import io.linewright.oee.event.MachineEvent.StateSaid;
import io.linewright.oee.event.TrackKind;
import io.linewright.oee.event.TrackName;
import io.linewright.oee.time.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What machines said, for tests. */
final class Said {

  static final int BAD = 0x80310000;

  private static final TrackName STATE = new TrackName(TrackKind.STATE, "state");
  private static final String[] WORDS = {"RUNNING", "DOWN", "Down", "UNAVAILABLE", "", null};

  private Said() {}

  static StateSaid said(long micros, @Nullable String word) {
    return said(micros, 0, word, 0);
  }

  static StateSaid said(long micros, int ordinal, @Nullable String word, int status) {
    return new StateSaid(new EventKey(micros, STATE, ordinal), word, status);
  }

  /** At instants from one before the span to one after it, each key once, in any order. */
  static List<StateSaid> any(RandomGenerator random, Span span) {
    Map<EventKey, StateSaid> any = new HashMap<>();
    for (int i = random.nextInt(10); i > 0; i--) {
      StateSaid said =
          said(
              random.nextLong(span.fromMicros() - 1, span.toMicros() + 2),
              random.nextInt(3),
              WORDS[random.nextInt(WORDS.length)],
              random.nextInt(8) == 0 ? BAD : 0);
      any.put(said.key(), said);
    }
    return new ArrayList<>(any.values());
  }

  /** The last before an instant, among those given and one before all of them. */
  static @Nullable StateSaid before(List<StateSaid> some, long micros) {
    StateSaid last = null;
    for (StateSaid said : some) {
      if (said.key().micros() < micros && (last == null || last.key().compareTo(said.key()) < 0)) {
        last = said;
      }
    }
    return last;
  }
}
