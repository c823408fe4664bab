package io.linewright.oee.state;

import io.linewright.oee.event.MachineEvent.StateSaid;
import io.linewright.oee.time.Change;
import io.linewright.oee.time.Span;
import io.linewright.oee.time.Track;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which state a machine told at each instant. */
public final class StateHistory {

  private StateHistory() {}

  /**
   * The word that holds, as it came; {@link StateSaid#UNKNOWN} where the last event has none or a
   * bad status, and before the first event. Whether events are missing is asked of {@link
   * DataGaps}. A track holds no instant of length 0: who counts changes counts events, as {@link
   * StateTimes} does.
   *
   * @param whole the time that is asked for
   * @param before the last event before it; null if there is none
   * @param events of the same tag, in any order, each key once; those not in the time do not matter
   *     but that one before it is as if it were {@code before}
   */
  public static Track<String> of(Span whole, @Nullable StateSaid before, List<StateSaid> events) {
    return Track.of(
        whole,
        before == null ? StateSaid.UNKNOWN : before.known(),
        events.stream()
            .map(said -> new Change<>(said.key().micros(), said.key().ordinal(), said.known()))
            .toList());
  }
}
