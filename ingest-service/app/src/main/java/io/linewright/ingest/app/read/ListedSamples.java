package io.linewright.ingest.app.read;

import io.linewright.ingest.app.registry.Series;
import io.linewright.ingest.app.registry.Tag;
import io.linewright.ingest.app.truth.CorrectionViews.CorrectionView;
import io.linewright.ingest.app.truth.Edition;
import io.linewright.ingest.page.PageCursor;
import io.linewright.ingest.registry.Piece;
import io.linewright.ingest.registry.SeriesPlan;
import io.linewright.ingest.registry.SeriesPlan.Part;
import io.linewright.model.sample.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The samples that a page lists, from one stored tag or, where equipment has moved, from one after
 * the other.
 */
final class ListedSamples {

  /** A stored tag within a time. */
  private record Span(Tag tag, long fromMicros, long toMicros) {
    boolean has(Sample sample) {
      return sample.sourceMicros() >= fromMicros && sample.sourceMicros() < toMicros;
    }
  }

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
    this.spans = spans(series.tag(), plan.parts());
  }

  private static List<Span> spans(Tag named, List<Part> parts) {
    List<Span> spans = new ArrayList<>();
    for (Part part : parts) {
      Piece piece = part.piece();
      boolean goesOn =
          !spans.isEmpty()
              && spans.getLast().tag().id() == piece.tagId()
              && spans.getLast().toMicros() == piece.fromMicros();
      long from = goesOn ? spans.removeLast().fromMicros() : piece.fromMicros();
      spans.add(new Span(named.stored(piece.tagId(), piece.type()), from, piece.toMicros()));
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
      Span only = spans.getFirst();
      return after
          .within(only.fromMicros(), only.toMicros())
          .flatMap(part -> query.next(only.tag(), edition(only, after), part, limit))
          .map(end -> after.after(end.sourceMicros(), end.ordinal()));
    }
    Count count = new Count();
    read(
        after,
        limit + 1,
        (sample, gateway, ingest) -> {
          if (++count.rows == limit) {
            count.end = after.after(sample.sourceMicros(), sample.ordinal());
          }
        });
    return count.rows > limit ? Optional.ofNullable(count.end) : Optional.empty();
  }

  /** As {@link SampleQuery#read}; the samples are as they are stored. */
  void read(PageCursor after, int limit, SampleQuery.SampleReader reader) {
    Count count = new Count();
    for (Span span : spans) {
      Optional<PageCursor> part = after.within(span.fromMicros(), span.toMicros());
      if (part.isPresent() && count.rows < limit) {
        query.read(
            span.tag(),
            edition(span, after),
            part.get(),
            limit - count.rows,
            (sample, gateway, ingest) -> {
              count.rows++;
              reader.read(sample, gateway, ingest);
            });
      }
    }
  }

  /** What has been said of stored samples, also of those that do not count. */
  Function<Sample, List<CorrectionView>> about(PageCursor after, List<Sample> samples) {
    Map<Span, SampleCorrections> said = new HashMap<>();
    for (Span span : spans) {
      List<Sample> its = samples.stream().filter(span::has).toList();
      if (!its.isEmpty()) {
        said.put(span, query.about(span.tag().id(), pinned(span, after), its));
      }
    }
    return sample ->
        said.entrySet().stream()
            .filter(one -> one.getKey().has(sample))
            .findFirst()
            .map(one -> one.getValue().of(sample))
            .orElse(List.of());
  }

  private @Nullable Edition edition(Span span, PageCursor after) {
    return query.edition(span.tag().id(), pinned(span, after));
  }

  /**
   * The cursor pins the corrections of the newest stored tag; of others all count that there are.
   */
  private PageCursor pinned(Span span, PageCursor after) {
    return span.tag().id() == tag.id() || after.correctionsUpTo() == PageCursor.RAW
        ? after
        : after.withCorrectionsUpTo(query.corrections(span.tag().id()));
  }
}
