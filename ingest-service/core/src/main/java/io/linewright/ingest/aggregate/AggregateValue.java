package io.linewright.ingest.aggregate;

import io.linewright.ingest.bucket.Bucket;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import org.jspecify.annotations.Nullable;

/**
 * What an aggregate gives for a bucket.
 *
 * @param bucket the stretch of time
 * @param micros source timestamp of the value, microseconds since the epoch: the start of the
 *     bucket, or the time of the value for Start, End and the ActualTime forms
 * @param value null if there is none, then the status is Bad
 * @param status code and info bits (Raw, Calculated or Interpolated; Partial, ExtraData,
 *     MultipleValues)
 * @param percentGood share of the bucket's values, or of its time, that the status took as Good, 0
 *     to 100
 */
public record AggregateValue(
    Bucket bucket,
    long micros,
    @Nullable SampleValue value,
    StatusCode status,
    double percentGood) {}
