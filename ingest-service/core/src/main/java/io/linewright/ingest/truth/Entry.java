package io.linewright.ingest.truth;

/**
 * A correction as it was recorded.
 *
 * @param version 1, 2, … among those of its tag: which is later
 * @param recordedMicros when, microseconds since the epoch
 */
public record Entry(long version, long recordedMicros, Correction correction) {}
