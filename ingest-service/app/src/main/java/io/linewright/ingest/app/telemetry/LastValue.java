package io.linewright.ingest.app.telemetry;

import io.linewright.model.sample.Sample;

/**
 * The newest sample of a tag by source time and ordinal.
 *
 * @param tagId number of the tag
 * @param gatewayMicros when its gateway closed the batch, microseconds since the epoch
 * @param ingestMicros when it was stored, microseconds since the epoch
 * @param version rises with every change of any last value in this process
 */
public record LastValue(
    int tagId, Sample sample, long gatewayMicros, long ingestMicros, long version) {

  LastValue withVersion(long other) {
    return new LastValue(tagId, sample, gatewayMicros, ingestMicros, other);
  }

  boolean olderThan(Sample other) {
    long time = sample.sourceMicros();
    return time < other.sourceMicros()
        || (time == other.sourceMicros() && sample.ordinal() < other.ordinal());
  }
}
