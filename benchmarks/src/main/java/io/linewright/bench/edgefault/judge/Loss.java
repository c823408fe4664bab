package io.linewright.bench.edgefault.judge;

import org.jspecify.annotations.Nullable;

/**
 * A loss that the platform was told of.
 *
 * @param equipment path of the device, or of the gateway
 * @param fromMicros begin of the time in which values are missing, µs since 1970
 * @param toMicros its end
 * @param count how many values; null if nobody knows
 * @param reason the gateway's words
 */
public record Loss(
    String equipment, long fromMicros, long toMicros, @Nullable Long count, String reason) {}
