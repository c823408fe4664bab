package io.linewright.model.telemetry;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagName;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.telemetry.TelemetryFormatException.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Protobuf form of {@link TelemetryBatch}; the schema is {@code
 * linewright/telemetry/v1/telemetry.proto}. Unknown fields are ignored, so that newer writers can
 * be read.
 */
public final class TelemetryCodec {

  private TelemetryCodec() {}

  /**
   * Encodes a batch.
   *
   * @throws IllegalArgumentException if it would exceed {@link TelemetryBatch#MAX_BYTES} or {@link
   *     TelemetryBatch#MAX_SAMPLES}: the caller splits before
   */
  public static byte[] encode(TelemetryBatch batch) {
    var out =
        io.linewright.model.telemetry.wire.TelemetryBatch.newBuilder()
            .setDevice(batch.device().toString())
            .setGroup(batch.group())
            .setNode(batch.node())
            .setGatewayUs(batch.gatewayMicros());
    batch.completeUntilMicros().ifPresent(out::setCompleteUntilUs);
    for (TagSeries series : batch.series()) {
      out.addSeries(SeriesColumns.toWire(series));
    }
    byte[] bytes = out.build().toByteArray();
    if (bytes.length > TelemetryBatch.MAX_BYTES
        || batch.sampleCount() > TelemetryBatch.MAX_SAMPLES) {
      throw new IllegalArgumentException(
          "a batch of %d bytes and %d samples is over the limit of %d bytes and %d samples"
              .formatted(
                  bytes.length,
                  batch.sampleCount(),
                  TelemetryBatch.MAX_BYTES,
                  TelemetryBatch.MAX_SAMPLES));
    }
    return bytes;
  }

  /**
   * Decodes a batch.
   *
   * @throws TelemetryFormatException if the bytes are too large, not Protobuf, or break a rule of
   *     the model; never any other exception, and never an allocation out of proportion to the
   *     bytes
   */
  public static TelemetryBatch decode(byte[] bytes) throws TelemetryFormatException {
    if (bytes.length > TelemetryBatch.MAX_BYTES) {
      throw new TelemetryFormatException(
          Reason.TOO_LARGE,
          "%d bytes, a telemetry batch has at most %d"
              .formatted(bytes.length, TelemetryBatch.MAX_BYTES));
    }
    io.linewright.model.telemetry.wire.TelemetryBatch wire = parse(bytes);
    int samples = 0;
    for (var series : wire.getSeriesList()) {
      samples += series.getSourceUsDeltaCount();
    }
    if (samples > TelemetryBatch.MAX_SAMPLES) {
      throw new TelemetryFormatException(
          Reason.TOO_LARGE,
          "%d samples, a telemetry batch has at most %d"
              .formatted(samples, TelemetryBatch.MAX_SAMPLES));
    }
    try {
      List<TagSeries> series = new ArrayList<>(wire.getSeriesCount());
      for (var one : wire.getSeriesList()) {
        series.add(
            new TagSeries(
                new TagName(one.getTag()),
                SeriesColumns.typeOf(one),
                role(one.getRole()),
                SeriesColumns.samplesOf(one)));
      }
      return new TelemetryBatch(
          EquipmentPath.parse(wire.getDevice()),
          wire.getGroup(),
          wire.getNode(),
          wire.getGatewayUs(),
          wire.hasCompleteUntilUs()
              ? OptionalLong.of(wire.getCompleteUntilUs())
              : OptionalLong.empty(),
          series);
    } catch (IllegalArgumentException brokenRule) {
      throw new TelemetryFormatException(Reason.INVALID, String.valueOf(brokenRule.getMessage()));
    }
  }

  /**
   * A role that this version does not know is a plain process value, so that newer writers can be
   * read.
   */
  private static TagRole role(String text) {
    return TagRole.of(text).orElse(TagRole.PROCESS_VALUE);
  }

  private static io.linewright.model.telemetry.wire.TelemetryBatch parse(byte[] bytes)
      throws TelemetryFormatException {
    try {
      CodedInputStream in = CodedInputStream.newInstance(bytes);
      in.setRecursionLimit(8);
      return io.linewright.model.telemetry.wire.TelemetryBatch.parseFrom(in);
    } catch (InvalidProtocolBufferException malformed) {
      throw new TelemetryFormatException(
          Reason.MALFORMED, "not a telemetry batch: " + malformed.getMessage());
    } catch (IOException impossible) {
      throw new IllegalStateException("reading from memory failed", impossible);
    }
  }
}
