package io.linewright.ingest.app.read;

import io.linewright.ingest.app.bulkhead.HeavyReads;
import io.linewright.ingest.app.history.EffectiveSource;
import io.linewright.ingest.app.history.EffectiveSource.Passed;
import io.linewright.ingest.app.registry.Series;
import io.linewright.ingest.app.registry.Tag;
import io.linewright.ingest.app.truth.CorrectionViews.CorrectionView;
import io.linewright.ingest.page.PageCursor;
import io.linewright.ingest.page.PageCursor.Newest;
import io.linewright.ingest.page.PageCursor.Question;
import io.linewright.ingest.registry.Piece;
import io.linewright.ingest.registry.SeriesPlan;
import io.linewright.ingest.registry.SeriesPlan.Part;
import io.linewright.ingest.registry.ValueMapping;
import io.linewright.ingest.truth.StoredSample;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

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

  private final SampleQuery query;
  private final PinnedCorrections corrections;
  private final HeavyReads.Answer reads;
  private final Tag tag;
  private final List<Part> parts;
  private final List<Span> spans;

  /**
   * @throws IllegalArgumentException if nothing of the range can be shown in the wanted unit
   */
  ListedSamples(SampleQuery query, Series series, Question question) {
    SeriesPlan plan = plan(series.begunBy(question.begunMicros()), question);
    this.query = query;
    this.corrections = query.corrections(question);
    this.reads = query.answer();
    this.tag = series.tag().with(plan.type(), plan.unit());
    this.parts = plan.parts();
    this.spans = spans(series.tag(), plan.parts());
  }

  private static SeriesPlan plan(Series series, Question question) {
    Newest newest = question.newest();
    return newest == null
        ? series.list(question.fromMicros(), question.toMicros(), question.shown().unit())
        : series.listAsBegun(
            question.fromMicros(), question.toMicros(), newest.unit(), newest.number());
  }

  private static List<Span> spans(Tag named, List<Part> parts) {
    List<Span> spans = new ArrayList<>();
    for (Part part : parts) {
      Piece piece = part.piece();
      boolean goesOn =
          !spans.isEmpty()
              && spans.getLast().tag().id() == piece.tagId()
              && spans.getLast().toMicros() == piece.fromMicros();
      if (goesOn) {
        Span before = spans.removeLast();
        // Of a tag that had texts as much is read at once as of one that still has
        DataType type =
            EffectiveSource.isLarge(before.tag().type()) ? before.tag().type() : piece.type();
        spans.add(
            new Span(named.stored(piece.tagId(), type), before.fromMicros(), piece.toMicros()));
      } else {
        spans.add(
            new Span(
                named.stored(piece.tagId(), piece.type()), piece.fromMicros(), piece.toMicros()));
      }
    }
    return spans;
  }

  /** Most samples to read at once: all are in memory, texts and bytes with up to 64 KiB each. */
  int stretch() {
    return parts.stream()
        .mapToInt(part -> EffectiveSource.stretch(part.piece().type()))
        .min()
        .orElseThrow();
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

  /** The type of a part's values as they are shown; what is converted are doubles. */
  static DataType type(Part part) {
    return isAsStored(part) ? part.piece().type() : DataType.DOUBLE;
  }

  /** The unit of a part's values as they are shown. */
  String unit(Part part) {
    return isAsStored(part) ? part.piece().unit() : tag.unit();
  }

  private static boolean isAsStored(Part part) {
    return part.mapping().equals(ValueMapping.NONE);
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

  /**
   * Where the next page begins when this one takes {@code limit} samples; empty if nothing is left
   * after them. Without corrections cheap beside reading them: no value leaves the database.
   */
  Optional<PageCursor> next(PageCursor after, int limit) {
    PageCursor end = after;
    int left = limit;
    for (Span span : spans) {
      Optional<PageCursor> part = after.within(span.fromMicros(), span.toMicros());
      if (part.isPresent() && left == 0) {
        if (!read(span, part.get(), 1).isEmpty()) {
          return Optional.of(end);
        }
      } else if (part.isPresent()) {
        Passed passed = pass(span, part.get(), left);
        end = after.after(passed.end().sourceMicros(), passed.end().ordinal());
        if (passed.more()) {
          return Optional.of(end);
        }
        left -= passed.count();
      }
    }
    return Optional.empty();
  }

  /**
   * Reads at most {@code limit} samples after the cursor, as they are stored.
   *
   * @param limit not more than {@link #stretch}
   */
  List<StoredSample> read(PageCursor after, int limit) {
    List<StoredSample> found = new ArrayList<>();
    for (Span span : spans) {
      Optional<PageCursor> part = after.within(span.fromMicros(), span.toMicros());
      if (part.isPresent() && found.size() < limit) {
        found.addAll(read(span, part.get(), limit - found.size()));
      }
    }
    return found;
  }

  private List<StoredSample> read(Span span, PageCursor after, int limit) {
    return reads.read(
        () -> query.samples().read(span.tag(), corrections.edition(span.tag().id()), after, limit));
  }

  private Passed pass(Span span, PageCursor after, int limit) {
    boolean counted = !span.equals(spans.getLast());
    return reads.read(
        () ->
            query
                .samples()
                .pass(span.tag(), corrections.edition(span.tag().id()), after, limit, counted));
  }

  /** What has been said of stored samples, also of those that do not count. */
  Function<Sample, List<CorrectionView>> about(List<Sample> samples) {
    Map<Span, SampleCorrections> said = new HashMap<>();
    for (Span span : spans) {
      List<Sample> its = samples.stream().filter(span::has).toList();
      if (!its.isEmpty()) {
        said.put(span, reads.read(() -> about(span.tag().id(), its)));
      }
    }
    return sample ->
        said.entrySet().stream()
            .filter(one -> one.getKey().has(sample))
            .findFirst()
            .map(one -> one.getValue().of(sample))
            .orElse(List.of());
  }

  private SampleCorrections about(int tagId, List<Sample> samples) {
    return query.about(tagId, corrections.version(tagId), samples);
  }
}
