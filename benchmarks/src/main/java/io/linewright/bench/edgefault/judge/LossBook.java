package io.linewright.bench.edgefault.judge;

import java.util.List;

/**
 * Sets missing values off against recorded losses: a loss covers values of its device, or of all
 * devices if it names the gateway, whose time lies in its range, and no more than it counts.
 */
final class LossBook {

  /** From a change to the time that the gateway's log knows it by. */
  private static final long SLACK_MICROS = 1_000_000;

  private final List<Loss> losses;
  private final String gateway;
  private final long[] left;

  /**
   * @param gateway equipment path of the gateway
   */
  LossBook(List<Loss> losses, String gateway) {
    this.losses = List.copyOf(losses);
    this.gateway = gateway;
    this.left = new long[losses.size()];
    for (int i = 0; i < left.length; i++) {
      Long count = losses.get(i).count();
      left[i] = count == null ? Long.MAX_VALUE : count;
    }
  }

  /** Whether a recorded loss accounts for that value; uses up one of those it counts. */
  boolean covers(String tag, long micros) {
    String device = tag.substring(0, tag.indexOf('#'));
    for (int i = 0; i < left.length; i++) {
      Loss loss = losses.get(i);
      boolean named = loss.equipment().equals(device) || loss.equipment().equals(gateway);
      if (named
          && left[i] > 0
          && micros >= loss.fromMicros() - SLACK_MICROS
          && micros <= loss.toMicros() + SLACK_MICROS) {
        left[i]--;
        return true;
      }
    }
    return false;
  }

  /** Whether rows of that time may be missing of the device because a loss was recorded. */
  boolean touches(String tag, long from, long to) {
    String device = tag.substring(0, tag.indexOf('#'));
    return losses.stream()
        .filter(loss -> loss.equipment().equals(device) || loss.equipment().equals(gateway))
        .anyMatch(
            loss ->
                loss.fromMicros() - SLACK_MICROS <= to && loss.toMicros() + SLACK_MICROS >= from);
  }
}
