package io.linewright.ingest.app.aggregate;

import io.linewright.ingest.aggregate.AggregateValue;
import io.linewright.ingest.aggregate.config.Aggregate;
import io.linewright.ingest.app.answer.Rfc3339;
import io.linewright.ingest.app.answer.Values;
import io.linewright.ingest.app.registry.Tag;
import io.linewright.ingest.bucket.Bucket;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Aggregates as JSON. */
final class AggregateJson implements AggregateAnswer {

  private final JsonGenerator out;

  /**
   * @param zone of the calendar; null: there is none
   */
  AggregateJson(JsonGenerator out, @Nullable ZoneId zone) {
    this.out = out;
    out.writeStartObject();
    if (zone != null) {
      out.writeStringProperty("zone", zone.getId());
    }
    out.writeArrayPropertyStart("series");
  }

  @Override
  public void tag(Tag tag, boolean stepped) {
    out.writeStartObject();
    out.writeStringProperty("tag", tag.key());
    out.writeStringProperty("type", tag.type().toString());
    out.writeStringProperty("unit", tag.unit());
    out.writeBooleanProperty("stepped", stepped);
    out.writeArrayPropertyStart("buckets");
  }

  @Override
  public void bucket(Bucket bucket, List<Aggregate> aggregates, List<AggregateValue> values) {
    out.writeStartObject();
    out.writeStringProperty("start", Rfc3339.format(bucket.startMicros()));
    out.writeStringProperty("end", Rfc3339.format(bucket.endMicros()));
    out.writeObjectPropertyStart("values");
    for (int i = 0; i < values.size(); i++) {
      AggregateValue value = values.get(i);
      out.writeObjectPropertyStart(aggregates.get(i).browseName());
      out.writeName("value");
      Values.write(out, value.value());
      out.writeStringProperty("time", Rfc3339.format(value.micros()));
      Values.writeStatus(out, value.status());
      out.writeNumberProperty("percentGood", value.percentGood());
      out.writeEndObject();
    }
    out.writeEndObject();
    out.writeEndObject();
  }

  @Override
  public void endTag() {
    out.writeEndArray();
    out.writeEndObject();
  }

  @Override
  public void end() {
    out.writeEndArray();
    out.writeEndObject();
    out.flush();
  }
}
