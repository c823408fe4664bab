package io.linewright.oee.event;

import io.linewright.oee.event.MachineEvent.StateSaid;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What follows from an event that was heard. */
public sealed interface OeeFact {

  /** Equipment path of the machine that it is about. */
  String machine();

  /**
   * The event is now in the log and must be stored. It may contradict one that was stored before;
   * the union of what was stored, by {@link EventLog#of}, is the log in any case.
   */
  record Logged(String machine, MachineEvent event) implements OeeFact {}

  /** The event was known already. */
  record Repeated(String machine, EventKey key) implements OeeFact {}

  /** Two events have one key and differ. The refused one is set aside, whichever came first. */
  record Contradicted(String machine, MachineEvent kept, MachineEvent refused) implements OeeFact {}

  /**
   * What is derived of this time has changed. It is told of every event that changes a log; how
   * much of it was computed before is for the caller to know.
   *
   * <ul>
   *   <li>A state or a context holds until the next of its track that says something.
   *   <li>A count belongs to the instant before its reading. It changes the counts of itself, of
   *       the usable reading before it, which turns out to be a spike or none, and of the next two,
   *       as rules for spikes and double pulses look that far.
   *   <li>Energy is interpolated between the usable readings before and after.
   * </ul>
   *
   * @param track what told it
   * @param fromMicros first instant, microseconds since the epoch; empty if that is the time of a
   *     reading before the logs that were looked at, if there is one
   * @param toMicros first instant after it; empty if that is the time of an event after the logs
   *     that were looked at, if there is one
   */
  record Touched(String machine, TrackName track, OptionalLong fromMicros, OptionalLong toMicros)
      implements OeeFact {

    private static final int COUNTS_AHEAD = 2;

    /**
     * What an event touches, as far as these logs tell.
     *
     * @param event in one of the logs
     * @param logs of the machine, ascending, each earlier than the next; those of more days give
     *     bounds that those of fewer leave empty
     */
    public static Touched of(String machine, MachineEvent event, List<EventLog> logs) {
      EventKey key = event.key();
      long at = key.micros();
      OptionalLong from = OptionalLong.of(at);
      OptionalLong to;
      switch (key.track().kind().form()) {
        case STATE, CONTEXT -> to = after(key, logs, 1);
        case COUNT -> {
          OptionalLong previous = before(key, logs);
          from =
              previous.isPresent()
                  ? OptionalLong.of(previous.getAsLong() - 1)
                  : OptionalLong.empty();
          to = after(key, logs, COUNTS_AHEAD);
        }
        case ENERGY -> {
          from = before(key, logs);
          to = after(key, logs, 1);
        }
        default -> throw new AssertionError(key);
      }
      // Of two events in one instant the earlier holds for no time, and is one that happened.
      return new Touched(
          machine,
          key.track(),
          from,
          to.isPresent() ? OptionalLong.of(Math.max(at + 1, to.getAsLong())) : to);
    }

    /** Time of the event of the track after the key that is that many ahead. */
    private static OptionalLong after(EventKey key, List<EventLog> logs, int ahead) {
      int left = ahead;
      for (EventLog log : logs) {
        MachineEvent next = log.after(key);
        while (next != null) {
          left -= next.says() ? 1 : 0;
          if (left == 0) {
            return OptionalLong.of(next.key().micros());
          }
          next = log.after(next.key());
        }
      }
      return OptionalLong.empty();
    }

    private static OptionalLong before(EventKey key, List<EventLog> logs) {
      for (EventLog log : logs.reversed()) {
        MachineEvent previous = log.before(key);
        while (previous != null) {
          if (previous.says()) {
            return OptionalLong.of(previous.key().micros());
          }
          previous = log.before(previous.key());
        }
      }
      return OptionalLong.empty();
    }
  }

  /**
   * A machine is in another state than before, as far as the loaded days tell: the event is the
   * latest of its track, did not come from backlog, and says something else than the one before.
   *
   * @param now what it says; may be that nothing is known
   * @param before the one before; null if there is none in the loaded days
   */
  record StateEntered(String machine, StateSaid now, @Nullable StateSaid before)
      implements OeeFact {}
}
