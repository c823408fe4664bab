package io.linewright.edge.app.sparkplug;

import io.linewright.edge.sparkplug.SparkplugType;
import io.linewright.model.telemetry.Lane;
import java.util.OptionalLong;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;

/**
 * Makes a stored record a message: protobuf messages may be put together by joining their bytes, so
 * the sequence number and Linewright's own metrics are appended and nothing is decoded.
 */
public final class OutgoingPayload {

  /** Aliases under which a device (or the node) declares Linewright's own metrics. */
  public record Aliases(
      long epoch,
      long lane,
      long position,
      long previous,
      long completeUntil,
      long gatewayMicros) {}

  /**
   * What changes from sending to sending.
   *
   * @param seq sequence number, 0 to 255
   * @param sentMillis when it is sent
   * @param historical whether the values are not current: backlog and everything sent again
   * @param epoch epoch of the log
   * @param lane lane of the record
   * @param position its position
   * @param previous position before it; 0 for the first
   * @param gatewayMicros when the gateway closed the record
   * @param completeUntil until when the device's values are complete; empty if unknown
   * @param placeMillis time of the place's own metrics: not before the record's values, since the
   *     metrics of a message follow each other in time
   *     (tck-id-operational-behavior-data-publish-dbirth-order)
   */
  public record Envelope(
      int seq,
      long sentMillis,
      boolean historical,
      long epoch,
      Lane lane,
      long position,
      long previous,
      long gatewayMicros,
      OptionalLong completeUntil,
      long placeMillis) {

    /** An envelope whose metrics have the time at which the record was closed. */
    public Envelope(
        int seq,
        long sentMillis,
        boolean historical,
        long epoch,
        Lane lane,
        long position,
        long previous,
        long gatewayMicros,
        OptionalLong completeUntil) {
      this(
          seq,
          sentMillis,
          historical,
          epoch,
          lane,
          position,
          previous,
          gatewayMicros,
          completeUntil,
          Math.floorDiv(gatewayMicros, 1000L));
    }
  }

  private static final int METRIC_TAG = Payload.METRICS_FIELD_NUMBER << 3 | 2;
  private static final int HISTORICAL_TAG = Payload.Metric.IS_HISTORICAL_FIELD_NUMBER << 3;

  private final ProtoBuffer out = new ProtoBuffer(8192);
  private final ProtoBuffer metric = new ProtoBuffer(64);

  /** The message for a record of {@link SampleMetrics}. */
  public byte[] data(byte[] stored, Aliases aliases, Envelope envelope) {
    out.clear();
    if (envelope.historical()) {
      byte[] marked = stored.clone();
      markHistorical(marked);
      out.raw(marked, marked.length);
    } else {
      out.raw(stored, stored.length);
    }
    return finish(aliases, envelope);
  }

  /** The message for a loss record: one text metric under its alias. */
  public byte[] text(String text, long alias, Aliases aliases, Envelope envelope) {
    out.clear();
    begin(alias, SparkplugType.STRING, envelope);
    metric.stringField(Payload.Metric.STRING_VALUE_FIELD_NUMBER, text);
    out.messageField(Payload.METRICS_FIELD_NUMBER, metric);
    return finish(aliases, envelope);
  }

  private byte[] finish(Aliases aliases, Envelope envelope) {
    number(aliases.epoch(), envelope.epoch(), envelope);
    begin(aliases.lane(), SparkplugType.STRING, envelope);
    metric.stringField(Payload.Metric.STRING_VALUE_FIELD_NUMBER, envelope.lane().toString());
    out.messageField(Payload.METRICS_FIELD_NUMBER, metric);
    number(aliases.position(), envelope.position(), envelope);
    number(aliases.previous(), envelope.previous(), envelope);
    number(aliases.gatewayMicros(), envelope.gatewayMicros(), envelope);
    if (envelope.completeUntil().isPresent()) {
      number(aliases.completeUntil(), envelope.completeUntil().getAsLong(), envelope);
    }
    out.varintField(Payload.TIMESTAMP_FIELD_NUMBER, envelope.sentMillis());
    out.varintField(Payload.SEQ_FIELD_NUMBER, envelope.seq());
    return out.toBytes();
  }

  private void number(long alias, long value, Envelope envelope) {
    begin(alias, SparkplugType.INT64, envelope);
    metric.varintField(Payload.Metric.LONG_VALUE_FIELD_NUMBER, value);
    out.messageField(Payload.METRICS_FIELD_NUMBER, metric);
  }

  private void begin(long alias, SparkplugType type, Envelope envelope) {
    metric.clear();
    metric.varintField(Payload.Metric.ALIAS_FIELD_NUMBER, alias);
    metric.varintField(Payload.Metric.TIMESTAMP_FIELD_NUMBER, envelope.placeMillis());
    metric.varintField(Payload.Metric.DATATYPE_FIELD_NUMBER, type.number());
    if (envelope.historical()) {
      metric.varintField(Payload.Metric.IS_HISTORICAL_FIELD_NUMBER, 1);
    }
  }

  /**
   * Sets {@code is_historical}, the first field of each metric that {@link SampleMetrics} wrote.
   */
  private static void markHistorical(byte[] stored) {
    int at = 0;
    while (at < stored.length && stored[at] == METRIC_TAG) {
      int length = 0;
      int shift = 0;
      int octet;
      do {
        octet = stored[++at];
        length |= (octet & 0x7F) << shift;
        shift += 7;
      } while (octet < 0);
      at++;
      if (stored[at] == HISTORICAL_TAG) {
        stored[at + 1] = 1;
      }
      at += length;
    }
  }
}
