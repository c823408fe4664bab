package io.linewright.edge.health;

import java.util.OptionalLong;

/**
 * How long nothing came, told from a count of what came, so that counting costs the drivers
 * nothing. As exact as the looks are frequent.
 *
 * @param in the count at the last look
 * @param changedMillis when it was first seen; meaningless while nothing has come
 */
public record DataAge(long in, long changedMillis) {

  /** Nothing has come yet. */
  public static final DataAge NOTHING = new DataAge(0, 0);

  /** After a look. */
  public DataAge seen(long count, long nowMillis) {
    return count == in ? this : new DataAge(count, nowMillis);
  }

  /** Whole seconds since something came; empty if nothing ever has. */
  public OptionalLong seconds(long nowMillis) {
    return in == 0
        ? OptionalLong.empty()
        : OptionalLong.of(Math.max(0, (nowMillis - changedMillis) / 1000));
  }
}
