package io.linewright.bench.plant;

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

  /** Whether its status is Good: the two highest bits are 0 (OPC UA part 4, 7.39). */
  public boolean isGood() {
    return status >>> 30 == 0;
  }
}
