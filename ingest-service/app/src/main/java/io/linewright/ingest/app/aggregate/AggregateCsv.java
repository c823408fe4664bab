package io.linewright.ingest.app.aggregate;

import io.linewright.ingest.aggregate.AggregateValue;
import io.linewright.ingest.aggregate.config.Aggregate;
import io.linewright.ingest.app.answer.Csv;
import io.linewright.ingest.app.answer.Rfc3339;
import io.linewright.ingest.app.answer.Values;
import io.linewright.ingest.app.registry.Tag;
import io.linewright.ingest.bucket.Bucket;
import java.io.IOException;
import java.util.List;

/** Aggregates as CSV, a line for each tag, bucket and aggregate. */
final class AggregateCsv implements AggregateAnswer {

  private final Csv out;
  private String tag = "";
  private String type = "";
  private String unit = "";

  AggregateCsv(Csv out) throws IOException {
    this.out = out;
    out.line(
        "tag",
        "start",
        "end",
        "aggregate",
        "value",
        "time",
        "status",
        "statusName",
        "info",
        "percentGood",
        "type",
        "unit");
  }

  @Override
  public void tag(Tag next, boolean stepped) {
    tag = next.key();
    type = next.type().toString();
    unit = next.unit();
  }

  @Override
  public void bucket(Bucket bucket, List<Aggregate> aggregates, List<AggregateValue> values)
      throws IOException {
    for (int i = 0; i < values.size(); i++) {
      AggregateValue value = values.get(i);
      out.field(tag)
          .field(Rfc3339.format(bucket.startMicros()))
          .field(Rfc3339.format(bucket.endMicros()))
          .field(aggregates.get(i).browseName())
          .field(Values.text(value.value()))
          .field(Rfc3339.format(value.micros()));
      Values.writeStatus(out, value.status())
          .field(Double.toString(value.percentGood()))
          .field(type)
          .field(unit)
          .end();
    }
  }

  @Override
  public void endTag() {}

  @Override
  public void end() throws IOException {
    out.flush();
  }
}
