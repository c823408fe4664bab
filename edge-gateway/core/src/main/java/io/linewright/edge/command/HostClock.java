package io.linewright.edge.command;

import java.time.Duration;
import java.time.Instant;

/**
 * Keeps a gateway whose clock is behind from executing expired commands: messages of the platform
 * carry its time, and none arrives before it was sent. The largest lead of such a time over the
 * gateway's clock within the last 10 to 20 minutes is added. A clock that is ahead is not turned
 * back, because an old message looks the same: commands then expire early, which is safe.
 *
 * @param windowBegan when the present window began, milliseconds of the gateway's clock
 * @param lead largest lead in this window, milliseconds, at least 0
 * @param leadBefore largest lead in the window before
 */
public record HostClock(long windowBegan, long lead, long leadBefore) {

  private static final long WINDOW = Duration.ofMinutes(10).toMillis();

  /** Nothing is known yet: the gateway's clock counts. */
  public static final HostClock UNKNOWN = new HostClock(Long.MIN_VALUE, 0, 0);

  /**
   * A message of the platform arrived.
   *
   * @param sentMillis its time, by the platform's clock
   * @param nowMillis the gateway's clock
   */
  public HostClock heard(long sentMillis, long nowMillis) {
    long ahead = Math.max(0, sentMillis - nowMillis);
    if (windowBegan == Long.MIN_VALUE || nowMillis < windowBegan) {
      return new HostClock(nowMillis, Math.max(lead, ahead), leadBefore);
    }
    long age = nowMillis - windowBegan;
    if (age < WINDOW) {
      return new HostClock(windowBegan, Math.max(lead, ahead), leadBefore);
    }
    return new HostClock(nowMillis, ahead, age < 2 * WINDOW ? lead : 0);
  }

  /** The platform's time, as far as it is known: never before the gateway's. */
  public Instant correct(Instant now) {
    return now.plusMillis(Math.max(lead, leadBefore));
  }
}
