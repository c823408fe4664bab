package io.linewright.ingest.app.history;

import io.linewright.ingest.app.answer.TimeRange;
import io.linewright.ingest.app.answer.View;
import io.linewright.ingest.app.history.SampleSource.Ask;
import io.linewright.ingest.app.registry.Registry;
import io.linewright.ingest.app.registry.Series;
import io.linewright.ingest.app.registry.Tag;
import io.linewright.ingest.registry.Piece;
import io.linewright.ingest.registry.SeriesPlan;
import io.linewright.ingest.registry.SeriesPlan.Part;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.sample.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * Reads the pieces of a series as if they were one stored tag, each converted to what is shown.
 * What lies outside of the pieces does not exist for the answer.
 */
final class PieceReader {

  /** A part and the stored tag to read it from. */
  private record Source(Part part, Tag tag) {}

  private final Tag tag;
  private final List<Source> sources;

  /**
   * @throws io.linewright.kit.problem.RefusedException not found, if the tag is unknown
   * @throws IllegalArgumentException if values of the range cannot be shown so
   */
  PieceReader(Registry registry, TagKey key, View view, TimeRange range) {
    Series series = registry.series(key, view.asWas());
    SeriesPlan plan = series.plan(range.fromMicros(), range.toMicros(), view.unit());
    this.tag = series.tag().with(plan.type(), plan.unit());
    this.sources =
        plan.parts().stream()
            .map(
                part ->
                    new Source(
                        part, series.tag().stored(part.piece().tagId(), part.piece().type())))
            .toList();
  }

  /** The tag as it is shown. */
  Tag tag() {
    return tag;
  }

  /** Of which stored tags it is made up, ascending by time. */
  List<Part> parts() {
    return sources.stream().map(Source::part).toList();
  }

  /** Numbers of the stored tags. */
  Stream<Integer> tagIds() {
    return sources.stream().map(source -> source.tag().id());
  }

  /**
   * The samples asked for.
   *
   * @param reader reads them of one stored tag
   */
  List<Sample> read(Ask ask, BiFunction<Tag, Ask, List<Sample>> reader) {
    List<Sample> found = new ArrayList<>();
    for (Source source : ask.newestFirst() ? sources.reversed() : sources) {
      Piece piece = source.part().piece();
      long from = Math.max(ask.fromMicros(), piece.fromMicros());
      long to = Math.min(ask.toMicros(), piece.toMicros());
      if (from < to && found.size() < ask.limit()) {
        Ask part =
            new Ask(
                from,
                from == ask.fromMicros() ? ask.afterOrdinal() : -1,
                to,
                ask.limit() - found.size(),
                ask.newestFirst(),
                ask.usable());
        for (Sample sample : reader.apply(source.tag(), part)) {
          found.add(source.part().mapping().apply(sample));
        }
      }
    }
    return found;
  }
}
