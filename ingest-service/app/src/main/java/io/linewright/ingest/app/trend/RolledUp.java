package io.linewright.ingest.app.trend;

import io.linewright.ingest.app.answer.TimeRange;
import io.linewright.ingest.app.rollup.RollupReader.Thinned;
import io.linewright.ingest.downsample.Extremes;
import io.linewright.ingest.registry.ValueMapping;
import io.linewright.model.sample.Sample;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * What roll-ups of one stored tag give for a chart.
 *
 * @param samples the extremes of the columns as they are shown, ascending by time and ordinal
 * @param standFor how many samples they stand for
 * @param gone whether some of these go, or went, by retention: they cannot be shown as they are
 */
record RolledUp(List<Sample> samples, long standFor, boolean gone) {

  /**
   * Keeps the extremes. Units are converted by rising lines, which leave extremes where they are.
   *
   * @param columns made up of roll-ups' buckets
   * @param thinned samples of a part of the range, of which whole buckets keep their extremes only
   */
  static RolledUp of(TimeRange range, Columns columns, Thinned thinned, ValueMapping mapping) {
    Iterator<Sample> shown =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return thinned.hasNext();
          }

          @Override
          public Sample next() {
            return mapping.apply(thinned.next());
          }
        };
    List<Sample> kept = new ArrayList<>();
    Extremes.of(columns.of(range), shown).forEachRemaining(kept::add);
    return new RolledUp(kept, thinned.standFor(), thinned.gone());
  }
}
