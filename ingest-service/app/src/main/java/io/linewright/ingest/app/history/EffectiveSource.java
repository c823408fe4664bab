package io.linewright.ingest.app.history;

import io.linewright.ingest.app.history.SampleSource.Ask;
import io.linewright.ingest.app.registry.Tag;
import io.linewright.ingest.app.truth.CorrectionLog;
import io.linewright.ingest.app.truth.Edition;
import io.linewright.ingest.page.PageCursor;
import io.linewright.ingest.truth.EffectiveSeries;
import io.linewright.ingest.truth.Order;
import io.linewright.ingest.truth.StoredSample;
import io.linewright.ingest.truth.Target.At;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the series that counts; of tags that nobody has corrected, what is stored. */
public final class EffectiveSource {

  /** Samples or corrections that are read at once, at least and at most. */
  private static final int SHORTEST_STRETCH = 128;

  static final int LONGEST_STRETCH = 5_000;

  /** The same for texts and bytes, which have up to 64 KiB each. */
  private static final int SHORTEST_STRETCH_OF_TEXTS = 16;

  private static final int LONGEST_STRETCH_OF_TEXTS = 100;

  /**
   * Where a walk over samples has come.
   *
   * @param count how many samples it has passed; 0 also if they were fewer than it should, and
   *     nobody wanted to know
   * @param end behind the last of them
   * @param more whether it has passed as many as it should, and there are more
   */
  public record Passed(int count, PageCursor end, boolean more) {}

  private final SampleSource source;
  private final CorrectionLog log;

  EffectiveSource(SampleSource source, CorrectionLog log) {
    this.source = source;
    this.log = log;
  }

  /** Samples that are to be read at once at most, of a tag with such values. */
  public static int stretch(DataType type) {
    return isLarge(type) ? LONGEST_STRETCH_OF_TEXTS : LONGEST_STRETCH;
  }

  /** Whether values of a type have up to 64 KiB. */
  public static boolean isLarge(DataType type) {
    return type == DataType.STRING || type == DataType.BYTES;
  }

  /**
   * Samples of a page.
   *
   * @param edition null: nothing has been said of the tag, or it does not count
   * @param after behind which, up to which ingest time
   * @param limit most samples, not more than {@link #stretch}: all are in memory
   */
  public List<StoredSample> read(Tag tag, @Nullable Edition edition, PageCursor after, int limit) {
    Ask ask =
        new Ask(
            after.sourceMicros(),
            after.ordinal(),
            after.toMicros(),
            limit,
            false,
            SampleSource.Usable.ANY);
    if (edition == null) {
      At low = new At(after.sourceMicros(), after.ordinal());
      At high = new At(after.toMicros(), -1);
      return source.between(tag, low, high, ask, limit, after.upToIngestMicros());
    }
    return read(tag, edition, ask, after.upToIngestMicros());
  }

  /**
   * Passes over samples of a page. Of a tag that nobody has corrected no value leaves the database.
   *
   * @param edition null: nothing has been said of the tag, or it does not count
   * @param limit most samples
   * @param counted whether it has to be known how many there are if they are fewer
   */
  public Passed pass(
      Tag tag, @Nullable Edition edition, PageCursor after, int limit, boolean counted) {
    return edition == null
        ? passStored(tag, after, limit, counted)
        : passEffective(tag, edition, after, limit);
  }

  private Passed passStored(Tag tag, PageCursor after, int limit, boolean counted) {
    At low = new At(after.sourceMicros(), after.ordinal());
    long upTo = after.upToIngestMicros();
    List<At> keys = source.keys(tag, low, after.toMicros(), limit, upTo);
    if (keys.isEmpty()) {
      int count = counted ? source.count(tag, low, after.toMicros(), limit, upTo) : 0;
      return new Passed(count, after, false);
    }
    At end = keys.getFirst();
    return new Passed(limit, after.after(end.micros(), end.ordinal()), keys.size() > 1);
  }

  private Passed passEffective(Tag tag, Edition edition, PageCursor after, int limit) {
    PageCursor end = after;
    int passed = 0;
    while (passed < limit) {
      int wanted = Math.min(limit - passed, stretch(tag.type()));
      List<StoredSample> read = read(tag, edition, end, wanted);
      passed += read.size();
      if (read.size() < wanted) {
        return new Passed(passed, end, false);
      }
      Sample last = read.getLast().sample();
      end = end.after(last.sourceMicros(), last.ordinal());
    }
    return new Passed(passed, end, !read(tag, edition, end, 1).isEmpty());
  }

  /** The samples asked for, of those that count. */
  List<StoredSample> read(Tag tag, Edition edition, Ask ask, long upToIngestMicros) {
    int longest = stretch(tag.type());
    int shortest = isLarge(tag.type()) ? SHORTEST_STRETCH_OF_TEXTS : SHORTEST_STRETCH;
    int stretch = Math.clamp(ask.limit(), shortest, longest);
    Order order = ask.newestFirst() ? Order.NEWEST_FIRST : Order.OLDEST_FIRST;
    At low = new At(ask.fromMicros(), ask.afterOrdinal());
    At high = new At(ask.toMicros(), -1);
    EffectiveSeries series =
        new EffectiveSeries(
            order,
            new StoredWalk(
                (from, to, limit) -> source.between(tag, from, to, ask, limit, upToIngestMicros),
                (from, to) -> log.restored(edition, order, from, to),
                edition.ranges(),
                order,
                low,
                high,
                stretch,
                longest),
            new CorrectionWalk(log, edition, order, low, high, stretch),
            edition.ranges());
    List<StoredSample> found = new ArrayList<>(Math.min(ask.limit(), longest));
    while (found.size() < ask.limit() && series.hasNext()) {
      StoredSample next = series.next();
      if (ask.usable().admits(next.sample())) {
        found.add(next);
      }
    }
    return found;
  }
}
