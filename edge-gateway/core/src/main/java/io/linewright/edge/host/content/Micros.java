package io.linewright.edge.host.content;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Instants and microseconds since 1970-01-01T00:00:00Z. */
public final class Micros {

  private Micros() {}

  /** Microseconds of an instant. */
  public static long of(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  /** The instant of microseconds. */
  public static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
