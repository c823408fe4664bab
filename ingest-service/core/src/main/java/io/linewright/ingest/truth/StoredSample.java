package io.linewright.ingest.truth;

import io.linewright.model.sample.Sample;

/**
 * A sample with the times of its way here. One that a correction puts there has in both the time at
 * which the correction was recorded.
 *
 * @param gatewayMicros when its gateway closed the batch, microseconds since the epoch
 * @param ingestMicros when it was stored, microseconds since the epoch
 */
public record StoredSample(Sample sample, long gatewayMicros, long ingestMicros) {}
