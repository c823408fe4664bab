package io.linewright.ingest.app.read;

import io.linewright.ingest.app.answer.Rfc3339;
import io.linewright.ingest.app.answer.Values;
import io.linewright.ingest.app.registry.Tag;
import io.linewright.ingest.app.telemetry.LastValue;
import io.linewright.model.sample.Sample;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;

/** Samples and last values as JSON. */
public final class SampleJson {

  private static final SerializableString TIME = new SerializedString("time");
  private static final SerializableString VALUE = new SerializedString("value");
  private static final SerializableString STATUS = new SerializedString("status");
  private static final SerializableString ORDINAL = new SerializedString("ordinal");
  private static final SerializableString GATEWAY_TIME = new SerializedString("gatewayTime");
  private static final SerializableString INGEST_TIME = new SerializedString("ingestTime");

  private SampleJson() {}

  /** A sample as an object; times of gateway and ingest as text. */
  static void write(JsonGenerator out, Sample sample, String gatewayTime, String ingestTime) {
    out.writeStartObject();
    fields(out, sample, gatewayTime, ingestTime);
    out.writeEndObject();
  }

  /** A last value as an object, with what a reader needs to know of its tag. */
  public static void write(JsonGenerator out, Tag tag, LastValue value) {
    out.writeStartObject();
    out.writeStringProperty("tag", tag.key());
    out.writeStringProperty("type", tag.type().toString());
    out.writeStringProperty("unit", tag.unit());
    out.writeStringProperty("role", tag.role().toString());
    fields(
        out,
        value.sample(),
        Rfc3339.format(value.gatewayMicros()),
        Rfc3339.format(value.ingestMicros()));
    out.writeEndObject();
  }

  private static void fields(
      JsonGenerator out, Sample sample, String gatewayTime, String ingestTime) {
    text(out, TIME, Rfc3339.format(sample.sourceMicros()));
    out.writeName(VALUE);
    Values.write(out, sample.value());
    out.writeName(STATUS);
    out.writeNumber(Values.number(sample.status()));
    out.writeName(ORDINAL);
    out.writeNumber(sample.ordinal());
    text(out, GATEWAY_TIME, gatewayTime);
    text(out, INGEST_TIME, ingestTime);
  }

  private static void text(JsonGenerator out, SerializableString name, String text) {
    out.writeName(name);
    out.writeString(text);
  }
}
