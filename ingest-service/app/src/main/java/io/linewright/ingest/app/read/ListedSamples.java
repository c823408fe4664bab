package io.linewright.ingest.app.read;

import io.linewright.ingest.app.registry.Series;
import io.linewright.ingest.app.registry.Tag;
import io.linewright.ingest.app.storage.SampleRead;
import io.linewright.ingest.page.PageCursor;
import io.linewright.ingest.registry.Piece;
import io.linewright.ingest.registry.SeriesPlan;
import io.linewright.ingest.registry.SeriesPlan.Part;
import io.linewright.model.sample.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The samples that a page lists, from one stored tag or, where equipment has moved, from one after
 * the other.
 */
final class ListedSamples {

  /** A stored tag within a time. */
  private record Span(int tagId, long fromMicros, long toMicros) {}

  private static final class Count {
    private int rows;
    private @Nullable PageCursor end;
  }

  private final SampleQuery query;
  private final Tag tag;
  private final List<Part> parts;
  private final List<Span> spans;

  /**
   * @param unit UCUM code; null: the newest
   * @throws IllegalArgumentException if nothing of the range can be shown in that unit
   */
  ListedSamples(SampleQuery query, Series series, PageCursor question, @Nullable String unit) {
    SeriesPlan plan = series.list(question.fromMicros(), question.toMicros(), unit);
    this.query = query;
    this.tag = series.tag().with(plan.type(), plan.unit());
    this.parts = plan.parts();
    this.spans = spans(plan.parts());
  }

  private static List<Span> spans(List<Part> parts) {
    List<Span> spans = new ArrayList<>();
    for (Part part : parts) {
      Piece piece = part.piece();
      boolean goesOn =
          !spans.isEmpty()
              && spans.getLast().tagId() == piece.tagId()
              && spans.getLast().toMicros() == piece.fromMicros();
      long from = goesOn ? spans.removeLast().fromMicros() : piece.fromMicros();
      spans.add(new Span(piece.tagId(), from, piece.toMicros()));
    }
    return spans;
  }

  /** The tag as it is shown. */
  Tag tag() {
    return tag;
  }

  /**
   * What its values were over time, as far as the answer may show it; one if they never changed.
   */
  List<Part> parts() {
    return parts;
  }

  /** Whether samples have to say to which version they belong. */
  boolean severalVersions() {
    return parts.getFirst().piece().version() != parts.getLast().piece().version();
  }

  /** The part that a sample of that time belongs to. */
  Part partAt(long micros) {
    for (Part part : parts) {
      if (micros < part.piece().toMicros()) {
        return part;
      }
    }
    return parts.getLast();
  }

  /** The sample as it is shown. */
  Sample shown(Sample stored) {
    return parts.size() == 1
        ? parts.getFirst().mapping().apply(stored)
        : partAt(stored.sourceMicros()).mapping().apply(stored);
  }

  /** As {@link SampleQuery#next}. */
  Optional<PageCursor> next(PageCursor after, int limit) {
    if (spans.size() == 1) {
      return after
          .within(spans.getFirst().fromMicros(), spans.getFirst().toMicros())
          .flatMap(part -> query.next(spans.getFirst().tagId(), part, limit))
          .map(end -> after.after(end.sourceMicros(), end.ordinal()));
    }
    Count count = new Count();
    read(
        after,
        limit + 1,
        row -> {
          if (++count.rows == limit) {
            Sample last = SampleRead.sample(row, 0);
            count.end = after.after(last.sourceMicros(), last.ordinal());
          }
        });
    return count.rows > limit ? Optional.ofNullable(count.end) : Optional.empty();
  }

  /** As {@link SampleQuery#read}. */
  void read(PageCursor after, int limit, SampleQuery.RowReader reader) {
    Count count = new Count();
    for (Span span : spans) {
      Optional<PageCursor> part = after.within(span.fromMicros(), span.toMicros());
      if (part.isPresent() && count.rows < limit) {
        query.read(
            span.tagId(),
            part.get(),
            limit - count.rows,
            row -> {
              count.rows++;
              reader.read(row);
            });
      }
    }
  }
}
