package io.linewright.bench.compare;

import org.jspecify.annotations.Nullable;

/**
 * One stored sample as REST returns it.
 *
 * @param sourceMicros source time, microseconds since the epoch
 * @param ordinal order within the microsecond
 * @param status OPC UA status code, unsigned 32-bit
 * @param value canonical text; null if the sample has none
 */
public record StoredSample(long sourceMicros, int ordinal, long status, @Nullable String value) {

  boolean isGood() {
    return status >>> 30 == 0;
  }
}
