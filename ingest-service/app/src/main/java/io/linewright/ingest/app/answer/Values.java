package io.linewright.ingest.app.answer;

import io.linewright.ingest.aggregate.config.StatusNames;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleText;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.SampleValue.BooleanValue;
import io.linewright.model.sample.SampleValue.BytesValue;
import io.linewright.model.sample.SampleValue.DoubleValue;
import io.linewright.model.sample.SampleValue.IntegerValue;
import io.linewright.model.sample.SampleValue.StringValue;
import io.linewright.model.sample.StatusCode;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Values and status codes in JSON and CSV. */
public final class Values {

  private Values() {}

  /**
   * A value as JSON: bytes as Base64, a double that is no number as the text {@code NaN}, {@code
   * Infinity} or {@code -Infinity}.
   */
  public static void write(JsonGenerator out, @Nullable SampleValue value) {
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

  /** A value as text; null if there is none. */
  public static @Nullable String text(@Nullable SampleValue value) {
    return value == null ? null : SampleText.of(value);
  }

  /** A status code as the unsigned number that it is everywhere. */
  public static long number(StatusCode status) {
    return Integer.toUnsignedLong(status.bits());
  }

  /** The properties {@code status}, {@code statusName} and {@code info} of a computed value. */
  public static void writeStatus(JsonGenerator out, StatusCode status) {
    out.writeNumberProperty("status", number(status));
    out.writeStringProperty("statusName", StatusNames.of(status));
    out.writeArrayPropertyStart("info");
    StatusNames.info(status).forEach(out::writeString);
    out.writeEndArray();
  }

  /** The fields {@code status,statusName,info} of a computed value. */
  public static Csv writeStatus(Csv out, StatusCode status) {
    return out.field(number(status))
        .field(StatusNames.of(status))
        .field(String.join(" ", StatusNames.info(status)));
  }

  /** A stored sample as an object {@code time, value, status, ordinal}. */
  public static void write(JsonGenerator out, Sample sample) {
    out.writeStartObject();
    out.writeStringProperty("time", Rfc3339.format(sample.sourceMicros()));
    out.writeName("value");
    write(out, sample.value());
    out.writeNumberProperty("status", number(sample.status()));
    out.writeNumberProperty("ordinal", sample.ordinal());
    out.writeEndObject();
  }

  /** The fields {@code time,value,status,statusName,ordinal} of a stored sample. */
  public static Csv write(Csv out, Sample sample) {
    return out.field(Rfc3339.format(sample.sourceMicros()))
        .field(text(sample.value()))
        .field(number(sample.status()))
        .field(StatusNames.of(sample.status()))
        .field(sample.ordinal());
  }
}
