package io.linewright.ingest.app.read;

import io.linewright.ingest.app.registry.Tag;
import io.linewright.ingest.page.PageCursor;
import io.linewright.ingest.registry.Piece;
import io.linewright.ingest.registry.SeriesPlan.Part;
import io.linewright.ingest.registry.Stretch;
import io.linewright.ingest.registry.ValueMapping;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import io.linewright.model.telemetry.SampleStream.Head;
import io.linewright.model.telemetry.SampleStream.Row;
import io.linewright.model.telemetry.SampleStream.Version;
import io.linewright.model.telemetry.SampleStreamWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Writes all samples of a range in binary form while they are read, a stretch at a time: each has a
 * short query of its own, so that a slow client holds neither a connection nor more memory than a
 * stretch. What fails on the way leaves the stream without its end.
 */
final class BulkAnswer {

  /** Samples that are read at once. */
  private static final int STRETCH = 5_000;

  /** The same of texts and bytes, of up to 64 KiB each. */
  private static final int LONG_STRETCH = 100;

  private BulkAnswer() {}

  static void write(SamplePageWriter.Order order, OutputStream body) throws IOException {
    ListedSamples samples = order.samples();
    boolean versions = samples.severalVersions();
    int stretch = samples.parts().stream().anyMatch(BulkAnswer::isLong) ? LONG_STRETCH : STRETCH;
    SampleStreamWriter out = new SampleStreamWriter(body, head(samples));
    List<Row> rows = new ArrayList<>(stretch);
    PageCursor after = order.after();
    int left = order.limit();
    int wanted;
    do {
      wanted = Math.min(left, stretch);
      rows.clear();
      samples.read(
          after, wanted, (sample, gateway, ingest) -> rows.add(new Row(sample, gateway, ingest)));
      for (Row row : rows) {
        Sample stored = row.sample();
        out.add(
            versions ? samples.partAt(stored.sourceMicros()).piece().version() : 0,
            new Row(samples.shown(stored), row.gatewayMicros(), row.ingestMicros()));
      }
      if (!rows.isEmpty()) {
        Sample last = rows.getLast().sample();
        after = after.after(last.sourceMicros(), last.ordinal());
      }
      left -= rows.size();
    } while (rows.size() == wanted && left > 0);
    boolean whole = rows.size() < wanted || isLast(samples, after);
    out.end(whole ? null : after.encode());
  }

  private static boolean isLast(ListedSamples samples, PageCursor after) {
    List<Sample> more = new ArrayList<>(1);
    samples.read(after, 1, (sample, gateway, ingest) -> more.add(sample));
    return more.isEmpty();
  }

  private static boolean isLong(Part part) {
    return part.piece().type() == DataType.STRING || part.piece().type() == DataType.BYTES;
  }

  private static Head head(ListedSamples samples) {
    Tag tag = samples.tag();
    List<Version> versions = new ArrayList<>();
    if (samples.severalVersions()) {
      int told = 0;
      for (Part part : samples.parts()) {
        Piece piece = part.piece();
        if (piece.version() != told) {
          told = piece.version();
          versions.add(
              new Version(
                  told,
                  piece.fromMicros() == Stretch.EVER
                      ? OptionalLong.empty()
                      : OptionalLong.of(piece.fromMicros()),
                  piece.type(),
                  piece.unit(),
                  part.mapping() == ValueMapping.NONE ? piece.unit() : tag.unit()));
        }
      }
    }
    return new Head(TagKey.parse(tag.key()), tag.type(), tag.unit(), versions);
  }
}
