package io.linewright.edge.liveness;

import io.linewright.model.sample.Sample;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the first value after a silence says. The gateway marked the tag Bad at a time of its own
 * clock; a value that has not changed since carries an older source time, so in the order of source
 * times the tag would stay Bad until its next change. Such a value is therefore confirmed: repeated
 * with the gateway's time, at which it is known to hold.
 */
public final class Recovery {

  /**
   * Samples to emit for the first value after a silence.
   *
   * @param last last sample of the device itself before the silence; null if there was none
   * @param silentSinceMicros source time of the gateway's Bad mark
   * @param arrived the value that the device gives now
   * @param nowMicros the gateway's clock
   * @return the arrived sample unless it was emitted before, then its confirmation if it is not
   *     younger than the mark
   */
  public static List<Sample> after(
      @Nullable Sample last, long silentSinceMicros, Sample arrived, long nowMicros) {
    if (arrived.sourceMicros() > silentSinceMicros) {
      return List.of(arrived);
    }
    Sample confirmation =
        new Sample(
            arrived.value(), arrived.status(), Math.max(nowMicros, silentSinceMicros + 1), 0);
    return arrived.equals(last) ? List.of(confirmation) : List.of(arrived, confirmation);
  }

  private Recovery() {}
}
