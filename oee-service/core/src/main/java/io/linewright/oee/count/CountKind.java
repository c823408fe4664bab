package io.linewright.oee.count;

import io.linewright.oee.event.TrackKind;
import java.util.Optional;

/** Which items a counter counts. */
public enum CountKind {
  /** Good at the first attempt. */
  GOOD,
  /** Rejected. */
  REJECT,
  /** Made again, or to be made again. */
  REWORK,
  /** All of them. */
  TOTAL;

  /** What a track of that kind counts; empty if it is no counter of items. */
  public static Optional<CountKind> of(TrackKind kind) {
    return switch (kind) {
      case GOOD -> Optional.of(GOOD);
      case REJECT -> Optional.of(REJECT);
      case REWORK -> Optional.of(REWORK);
      case TOTAL -> Optional.of(TOTAL);
      case STATE, ORDER, PRODUCT, LOT, SERIAL, STOP_REASON, ENERGY, POWER -> Optional.empty();
    };
  }
}
