package io.linewright.oee.line;

import io.linewright.oee.slice.TimeCategory;
import io.linewright.oee.time.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What first made a machine wait. */
public sealed interface FirstCause {

  /**
   * Another machine stood still.
   *
   * @param machine which
   * @param span how long for this cause; it is part of the stop that is found at its begin
   * @param category of the stop
   * @param reason code of its reason; null without
   * @param through the machines between, which waited as well, from the waiting one to the cause
   */
  record Found(
      String machine,
      Span span,
      TimeCategory category,
      @Nullable String reason,
      List<String> through)
      implements FirstCause {
    public Found {
      through = List.copyOf(through);
    }
  }

  /**
   * The neighbour produced all the time, but not as fast as it was needed.
   *
   * @param station name of the neighbour's station
   */
  record SlowNeighbour(String station) implements FirstCause {}

  /**
   * Nobody can tell.
   *
   * @param why a sentence for people
   */
  record Unknown(String why) implements FirstCause {}
}
