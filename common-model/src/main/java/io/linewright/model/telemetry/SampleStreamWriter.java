package io.linewright.model.telemetry;

import io.linewright.model.equipment.TagKey;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue.BytesValue;
import io.linewright.model.sample.SampleValue.StringValue;
import io.linewright.model.telemetry.SampleStream.Head;
import io.linewright.model.telemetry.SampleStream.Row;
import io.linewright.model.telemetry.SampleStream.Version;
import io.linewright.model.telemetry.wire.SampleColumns;
import io.linewright.model.telemetry.wire.SampleEnd;
import io.linewright.model.telemetry.wire.SampleFrame;
import io.linewright.model.telemetry.wire.SampleHead;
import io.linewright.model.telemetry.wire.SampleVersion;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a {@link SampleStream}; holds one block at most. Not for several threads. */
public final class SampleStreamWriter {

  /** A block ends when its texts and bytes may reach this many; one value has at most 192 KiB. */
  private static final int TEXT_BYTES = SampleStream.MAX_FRAME_BYTES / 4;

  private final OutputStream out;
  private final TagKey tag;
  private final DataType tagType;
  private final List<Row> rows = new ArrayList<>();
  private @Nullable DataType type;
  private int version;
  private int textBytes;
  private long count;

  /** Begins a stream with its head. */
  public SampleStreamWriter(OutputStream out, Head head) throws IOException {
    this.out = out;
    this.tag = head.tag();
    this.tagType = head.type();
    SampleHead.Builder wire =
        SampleHead.newBuilder()
            .setTag(tag.toString())
            .setTypeValue(number(tagType))
            .setUnit(head.unit());
    for (Version one : head.versions()) {
      SampleVersion.Builder told =
          SampleVersion.newBuilder()
              .setVersion(one.version())
              .setTypeValue(number(one.type()))
              .setUnit(one.unit())
              .setShownIn(one.shownIn());
      one.fromMicros().ifPresent(told::setFromUs);
      wire.addVersions(told);
    }
    write(SampleFrame.newBuilder().setHead(wire).build());
  }

  /**
   * Adds a sample; they come ascending by source time and ordinal.
   *
   * @param rowVersion one of the head; 0 if it has none
   */
  public void add(int rowVersion, Row row) throws IOException {
    Sample sample = row.sample();
    DataType rowType = sample.value() == null ? null : sample.value().type();
    boolean other = rowVersion != version || (type != null && rowType != null && type != rowType);
    if (other || rows.size() == SampleStream.MAX_BLOCK || textBytes > TEXT_BYTES) {
      flush();
    }
    version = rowVersion;
    if (rowType != null) {
      type = rowType;
    }
    textBytes +=
        switch (sample.value()) {
          // UTF-8 has at most three bytes for each char.
          case StringValue(String text) -> 3 * text.length();
          case BytesValue(byte[] bytes) -> bytes.length;
          case null, default -> 0;
        };
    rows.add(row);
    count++;
  }

  /** Writes the block that has been begun. */
  public void flush() throws IOException {
    if (rows.isEmpty()) {
      return;
    }
    DataType columnType = type == null ? tagType : type;
    List<Sample> samples = rows.stream().map(Row::sample).toList();
    SampleColumns.Builder columns =
        SampleColumns.newBuilder()
            .setSeries(
                SeriesColumns.toWire(
                    new TagSeries(tag.name(), columnType, TagRole.PROCESS_VALUE, samples)))
            .setVersion(version);
    long gateway = 0;
    long ingest = 0;
    for (Row row : rows) {
      columns.addGatewayUsDelta(row.gatewayMicros() - gateway);
      columns.addIngestUsDelta(row.ingestMicros() - ingest);
      gateway = row.gatewayMicros();
      ingest = row.ingestMicros();
    }
    rows.clear();
    type = null;
    textBytes = 0;
    write(SampleFrame.newBuilder().setColumns(columns).build());
  }

  /**
   * Ends the stream.
   *
   * @param next cursor for the samples after these; null: there are none
   */
  public void end(@Nullable String next) throws IOException {
    flush();
    SampleEnd.Builder end = SampleEnd.newBuilder().setCount(count);
    if (next != null) {
      end.setNext(next);
    }
    write(SampleFrame.newBuilder().setEnd(end).build());
  }

  private void write(SampleFrame frame) throws IOException {
    frame.writeDelimitedTo(out);
  }

  private static int number(DataType type) {
    return type.ordinal() + 1;
  }
}
