package io.linewright.edge.log;

import io.linewright.model.telemetry.Lane;
import java.util.Optional;

/**
 * Whose turn it is when both lanes wait: {@code share} live records for each record of the backlog.
 * A lane that waits alone is served alone.
 *
 * @param share live records per backlog record, at least 1
 * @param served live records since the last backlog record, 0 to {@code share}
 */
public record LaneTurn(int share, int served) {

  /**
   * @throws IllegalArgumentException if a number is out of range
   */
  public LaneTurn {
    if (share < 1 || served < 0 || served > share) {
      throw new IllegalArgumentException("share %d, served %d".formatted(share, served));
    }
  }

  /** Lane of the next record; empty if neither has one to send. */
  public Optional<Lane> next(boolean liveWaits, boolean backlogWaits) {
    if (liveWaits && (served < share || !backlogWaits)) {
      return Optional.of(Lane.LIVE);
    }
    return backlogWaits ? Optional.of(Lane.BACKFILL) : Optional.empty();
  }

  /** After a record of that lane was sent. */
  public LaneTurn after(Lane lane) {
    return new LaneTurn(share, lane == Lane.LIVE ? Math.min(share, served + 1) : 0);
  }
}
