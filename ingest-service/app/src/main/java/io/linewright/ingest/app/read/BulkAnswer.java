package io.linewright.ingest.app.read;

import io.linewright.ingest.app.registry.Tag;
import io.linewright.ingest.page.PageCursor;
import io.linewright.ingest.registry.Piece;
import io.linewright.ingest.registry.SeriesPlan.Part;
import io.linewright.ingest.registry.Stretch;
import io.linewright.ingest.truth.StoredSample;
import io.linewright.model.equipment.TagKey;
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

  private BulkAnswer() {}

  static void write(SamplePageWriter.Order order, OutputStream body) throws IOException {
    ListedSamples samples = order.samples();
    boolean versions = samples.severalVersions();
    int stretch = samples.stretch();
    SampleStreamWriter out = new SampleStreamWriter(body, head(samples));
    List<StoredSample> read;
    PageCursor after = order.after();
    int left = order.limit();
    int wanted;
    do {
      wanted = Math.min(left, stretch);
      read = samples.read(after, wanted);
      for (StoredSample one : read) {
        Sample stored = one.sample();
        out.add(
            versions ? samples.partAt(stored.sourceMicros()).piece().version() : 0,
            new Row(samples.shown(stored), one.gatewayMicros(), one.ingestMicros()));
      }
      if (!read.isEmpty()) {
        Sample last = read.getLast().sample();
        after = after.after(last.sourceMicros(), last.ordinal());
      }
      left -= read.size();
    } while (read.size() == wanted && left > 0);
    boolean whole = read.size() < wanted || samples.read(after, 1).isEmpty();
    out.end(whole ? null : after.encode());
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
                  samples.unit(part)));
        }
      }
    }
    return new Head(TagKey.parse(tag.key()), tag.type(), tag.unit(), versions);
  }
}
