package io.linewright.planted.core;

import java.time.Instant;

/** Planted: a core that reads the clock. */
class CoreWithClock {
  Instant planted() {
    return Instant.now();
  }

  long plantedToo() {
    return System.currentTimeMillis();
  }
}
