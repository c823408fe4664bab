package io.linewright.edge.app.log;

import io.linewright.edge.app.sparkplug.SampleMetrics;

/**
 * A record of the log, without its place.
 *
 * @param device Sparkplug device id; empty for the node itself
 * @param kind what the payload is
 * @param samples number of samples in it
 * @param firstSourceMicros oldest source time in it
 * @param lastSourceMicros newest source time in it
 * @param payload its content, never changed
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, compared never
public record LogRecord(
    String device,
    Kind kind,
    int samples,
    long firstSourceMicros,
    long lastSourceMicros,
    byte[] payload) {

  /** What a payload is; the order is the number in the file. */
  public enum Kind {
    /** Sparkplug metrics of {@link SampleMetrics}. */
    SAMPLES,
    /** UTF-8 JSON of a SamplesLost event. */
    LOSS
  }

  /** What the collector holds, as a record of that device. */
  public static LogRecord of(String device, SampleMetrics metrics) {
    return new LogRecord(
        device,
        Kind.SAMPLES,
        metrics.count(),
        metrics.firstMicros(),
        metrics.lastMicros(),
        metrics.toBytes());
  }

  /**
   * A record at its place.
   *
   * @param position its position in its lane
   * @param gatewayMicros when its group was closed
   * @param content what was stored
   */
  public record Stored(long position, long gatewayMicros, LogRecord content) {}
}
