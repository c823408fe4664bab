package io.linewright.ingest.app.read;

import io.linewright.ingest.app.registry.Tag;
import io.linewright.ingest.app.telemetry.LastValue;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.SampleValue.BooleanValue;
import io.linewright.model.sample.SampleValue.BytesValue;
import io.linewright.model.sample.SampleValue.DoubleValue;
import io.linewright.model.sample.SampleValue.IntegerValue;
import io.linewright.model.sample.SampleValue.StringValue;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Samples and last values as JSON. */
final class SampleJson {

  private SampleJson() {}

  /** A sample as an object. */
  static void write(JsonGenerator out, Sample sample, long gatewayMicros, long ingestMicros) {
    out.writeStartObject();
    fields(out, sample, gatewayMicros, ingestMicros);
    out.writeEndObject();
  }

  /** A last value as an object, with what a reader needs to know of its tag. */
  static void write(JsonGenerator out, Tag tag, LastValue value) {
    out.writeStartObject();
    out.writeStringProperty("tag", tag.key());
    out.writeStringProperty("type", tag.type().toString());
    out.writeStringProperty("unit", tag.unit());
    out.writeStringProperty("role", tag.role().toString());
    fields(out, value.sample(), value.gatewayMicros(), value.ingestMicros());
    out.writeEndObject();
  }

  private static void fields(
      JsonGenerator out, Sample sample, long gatewayMicros, long ingestMicros) {
    out.writeStringProperty("time", Rfc3339.format(sample.sourceMicros()));
    out.writeName("value");
    value(out, sample.value());
    out.writeNumberProperty("status", Integer.toUnsignedLong(sample.status().bits()));
    out.writeNumberProperty("ordinal", sample.ordinal());
    out.writeStringProperty("gatewayTime", Rfc3339.format(gatewayMicros));
    out.writeStringProperty("ingestTime", Rfc3339.format(ingestMicros));
  }

  private static void value(JsonGenerator out, @Nullable SampleValue value) {
    switch (value) {
      case null -> out.writeNull();
      case BooleanValue(boolean bool) -> out.writeBoolean(bool);
      case IntegerValue(long integer) -> out.writeNumber(integer);
      case DoubleValue(double number) when Double.isFinite(number) -> out.writeNumber(number);
      case DoubleValue(double noNumber) -> out.writeString(Double.toString(noNumber));
      case StringValue(String text) -> out.writeString(text);
      case BytesValue(byte[] bytes) -> out.writeBinary(bytes);
    }
  }
}
