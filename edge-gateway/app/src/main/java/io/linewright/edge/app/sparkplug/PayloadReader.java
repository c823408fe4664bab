package io.linewright.edge.app.sparkplug;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.linewright.edge.sparkplug.Metric;
import io.linewright.edge.sparkplug.Payload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.eclipse.tahu.protobuf.SparkplugBProto;

/**
 * Reads a payload field by field. The generated parser would build every row of a dataset and every
 * element of a template, some hundred bytes of heap for two bytes of input, before anyone could
 * count them.
 */
final class PayloadReader {

  private final PayloadCodec.Limits limits;

  PayloadReader(PayloadCodec.Limits limits) {
    this.limits = limits;
  }

  Payload read(byte[] bytes) throws SparkplugFormatException {
    if (bytes.length > limits.maxBytes()) {
      throw new SparkplugFormatException(
          "payload of %d bytes exceeds the limit of %d".formatted(bytes.length, limits.maxBytes()));
    }
    try {
      return readFields(CodedInputStream.newInstance(bytes));
    } catch (IOException notProtobuf) {
      throw new SparkplugFormatException(
          "payload is not a Sparkplug payload: " + notProtobuf.getMessage(), notProtobuf);
    }
  }

  private Payload readFields(CodedInputStream in) throws IOException, SparkplugFormatException {
    OptionalLong timestamp = OptionalLong.empty();
    OptionalInt seq = OptionalInt.empty();
    List<Metric> metrics = new ArrayList<>();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireTag.field(tag)) {
        case SparkplugBProto.Payload.TIMESTAMP_FIELD_NUMBER ->
            timestamp = OptionalLong.of(WireTag.varint(in, tag));
        case SparkplugBProto.Payload.SEQ_FIELD_NUMBER ->
            seq = OptionalInt.of(checkedSeq(WireTag.varint(in, tag)));
        case SparkplugBProto.Payload.METRICS_FIELD_NUMBER -> {
          if (metrics.size() == limits.maxMetrics()) {
            throw new SparkplugFormatException(
                "payload has more than " + limits.maxMetrics() + " metrics");
          }
          metrics.add(readMetric(in, tag));
        }
        default -> WireTag.skip(in, tag);
      }
    }
    return new Payload(timestamp, seq, metrics);
  }

  private static int checkedSeq(long seq) throws SparkplugFormatException {
    if (seq < 0 || seq > 255) {
      throw new SparkplugFormatException("seq " + Long.toUnsignedString(seq) + " is not in 0..255");
    }
    return (int) seq;
  }

  private static Metric readMetric(CodedInputStream in, int tag)
      throws IOException, SparkplugFormatException {
    WireTag.require(tag, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    int outer = in.pushLimit(in.readRawVarint32());
    MetricReader metric = new MetricReader();
    for (int inner = in.readTag(); inner != 0; inner = in.readTag()) {
      metric.readField(in, inner);
    }
    in.checkLastTagWas(0);
    in.popLimit(outer);
    return metric.toMetric();
  }
}
