package io.linewright.ingest.app.read;

import io.linewright.ingest.app.answer.Rfc3339;
import io.linewright.ingest.app.answer.Values;
import io.linewright.ingest.app.registry.Tag;
import io.linewright.ingest.app.telemetry.LastValue;
import io.linewright.ingest.app.truth.CorrectionViews.CorrectionView;
import io.linewright.ingest.registry.Piece;
import io.linewright.ingest.registry.SeriesPlan;
import io.linewright.ingest.registry.Stretch;
import io.linewright.model.sample.Sample;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

  /**
   * A sample as an object; times of gateway and ingest as text.
   *
   * @param version what its value is; 0: the tag has only one
   * @param corrections what has been said of it; null: that is not shown
   */
  static void write(
      JsonGenerator out,
      Sample sample,
      int version,
      String gatewayTime,
      String ingestTime,
      @Nullable List<CorrectionView> corrections) {
    out.writeStartObject();
    fields(out, sample, gatewayTime, ingestTime);
    if (version > 0) {
      out.writeNumberProperty("version", version);
    }
    if (corrections != null) {
      out.writeArrayPropertyStart("corrections");
      corrections.forEach(out::writePOJO);
      out.writeEndArray();
    }
    out.writeEndObject();
  }

  /** What the listed values are from which instant on. */
  static void writeVersions(JsonGenerator out, ListedSamples samples) {
    out.writeArrayPropertyStart("versions");
    int told = 0;
    for (SeriesPlan.Part part : samples.parts()) {
      Piece piece = part.piece();
      if (piece.version() != told) {
        told = piece.version();
        out.writeStartObject();
        out.writeNumberProperty("version", told);
        out.writeName("from");
        if (piece.fromMicros() == Stretch.EVER) {
          out.writeNull();
        } else {
          out.writeString(Rfc3339.format(piece.fromMicros()));
        }
        out.writeStringProperty("type", piece.type().toString());
        out.writeStringProperty("unit", piece.unit());
        out.writeStringProperty("shownIn", samples.unit(part));
        out.writeEndObject();
      }
    }
    out.writeEndArray();
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
