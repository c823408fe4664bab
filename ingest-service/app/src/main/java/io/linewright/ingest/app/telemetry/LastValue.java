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

  boolean newerThan(LastValue other) {
    long time = sample.sourceMicros();
    long otherTime = other.sample.sourceMicros();
    return time > otherTime || (time == otherTime && sample.ordinal() > other.sample.ordinal());
  }
}
