package io.linewright.ingest.gateway;

import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.DataType;
import io.linewright.model.telemetry.TagSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The last canary that came from a node by the live way.
 *
 * @param node equipment path of the gateway or bridge
 * @param kind who sends it
 * @param number counts up
 * @param sentAt by the clock of the sender
 * @param arrivedAt when it was stored, by the clock of this service
 * @param stalledAfter arrival of the canary after which none came, while that is so; else null
 * @param stage where the trip stopped, while none comes; else null
 */
public record Canary(
    String node,
    Kind kind,
    long number,
    Instant sentAt,
    Instant arrivedAt,
    @Nullable Instant stalledAfter,
    @Nullable String stage) {

  /** Who sends canaries. */
  public enum Kind {
    GATEWAY("health/canary"),
    BRIDGE("bridge/canary");

    private final String tag;

    Kind(String tag) {
      this.tag = tag;
    }

    /** Name of the tag. */
    public String tag() {
      return tag;
    }

    /** Whose canary a series is; empty if it is none. */
    public static Optional<Kind> of(TagSeries series) {
      if (series.role() != TagRole.HEARTBEAT || series.type() != DataType.INTEGER) {
        return Optional.empty();
      }
      return Optional.of(series.tag().value())
          .flatMap(
              name ->
                  name.equals(GATEWAY.tag)
                      ? Optional.of(GATEWAY)
                      : name.equals(BRIDGE.tag) ? Optional.of(BRIDGE) : Optional.empty());
    }
  }

  /** What a look finds. */
  public enum Finding {
    /** Nothing new. */
    AS_BEFORE,
    /** None has come for too long. */
    STALLED,
    /** They come again. */
    MOVING
  }

  /** From the sender's clock to storage; not negative, also if the clocks differ. */
  public Duration trip() {
    Duration trip = Duration.between(sentAt, arrivedAt);
    return trip.isNegative() ? Duration.ZERO : trip;
  }

  /**
   * What is new.
   *
   * @param patience longest time between two canaries
   */
  public Finding finding(Watching watching, Duration patience) {
    if (stalledAfter != null) {
      return arrivedAt.equals(stalledAfter) ? Finding.AS_BEFORE : Finding.MOVING;
    }
    boolean late = !watching.last().isBefore(watching.quietSince(this).plus(patience));
    return late ? Finding.STALLED : Finding.AS_BEFORE;
  }
}
