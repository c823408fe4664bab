package io.linewright.edge.host.content;

import io.linewright.edge.sparkplug.LinewrightMetrics;
import io.linewright.model.telemetry.Lane;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Where a record of our own node stands in its log.
 *
 * @param epoch identity of the log, above 0
 * @param lane its lane
 * @param position its position in the lane, above {@code previous}
 * @param previous position of the record before it; 0 for none
 * @param gatewayMicros when the gateway closed the record
 * @param completeUntil source time up to which the device's values are complete
 */
public record Envelope(
    long epoch,
    Lane lane,
    long position,
    long previous,
    OptionalLong gatewayMicros,
    OptionalLong completeUntil) {

  /** The envelope of a message; null if it has none, or one that breaks the rules above. */
  public static @Nullable Envelope of(MessageContent content) {
    OptionalLong epoch = content.number(LinewrightMetrics.EPOCH);
    OptionalLong position = content.number(LinewrightMetrics.POSITION);
    OptionalLong previous = content.number(LinewrightMetrics.PREVIOUS);
    Lane lane = content.lane();
    if (epoch.isEmpty() || position.isEmpty() || previous.isEmpty() || lane == null) {
      return null;
    }
    if (epoch.getAsLong() < 1
        || previous.getAsLong() < 0
        || position.getAsLong() <= previous.getAsLong()) {
      return null;
    }
    return new Envelope(
        epoch.getAsLong(),
        lane,
        position.getAsLong(),
        previous.getAsLong(),
        content.number(LinewrightMetrics.GATEWAY_MICROS),
        content.number(LinewrightMetrics.COMPLETE_UNTIL));
  }
}
