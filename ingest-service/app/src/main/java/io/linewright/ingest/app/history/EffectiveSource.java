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
import java.util.ArrayList;
import java.util.List;

/** Reads the series that counts, of tags that somebody has corrected. */
public final class EffectiveSource {

  /** Samples or corrections that are read at once, at least and at most. */
  private static final int SHORTEST_STRETCH = 128;

  private static final int LONGEST_STRETCH = 5_000;

  /** The same for texts and bytes, which have up to 64 KiB each. */
  private static final int SHORTEST_STRETCH_OF_TEXTS = 16;

  private static final int LONGEST_STRETCH_OF_TEXTS = 100;

  private final SampleSource source;
  private final CorrectionLog log;

  EffectiveSource(SampleSource source, CorrectionLog log) {
    this.source = source;
    this.log = log;
  }

  /**
   * Samples of a page.
   *
   * @param after behind which, up to which ingest time
   */
  public List<StoredSample> read(Tag tag, Edition edition, PageCursor after, int limit) {
    Ask ask =
        new Ask(
            after.sourceMicros(),
            after.ordinal(),
            after.toMicros(),
            limit,
            false,
            SampleSource.Usable.ANY);
    return read(tag, edition, ask, after.upToIngestMicros());
  }

  /** The samples asked for, of those that count. */
  List<StoredSample> read(Tag tag, Edition edition, Ask ask, long upToIngestMicros) {
    boolean large = tag.type() == DataType.STRING || tag.type() == DataType.BYTES;
    int longest = large ? LONGEST_STRETCH_OF_TEXTS : LONGEST_STRETCH;
    int shortest = large ? SHORTEST_STRETCH_OF_TEXTS : SHORTEST_STRETCH;
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
