package io.linewright.ingest.app.history;

import io.linewright.ingest.aggregate.bound.Readings;
import io.linewright.ingest.aggregate.bound.ValueCursor.Fill;
import io.linewright.ingest.aggregate.config.Aggregate;
import io.linewright.ingest.aggregate.config.Aggregate.Bounds;
import io.linewright.ingest.aggregate.config.AggregateConfiguration;
import io.linewright.model.sample.Sample;
import java.util.List;

/**
 * Which samples around a range a computation needs.
 *
 * @param usableBefore how many instants before it that count as usable; 0: any sample
 * @param usableAfter how many after it; 0: any sample
 * @param numbers whether only finite numbers are usable
 * @param configuration whether Uncertain ones are
 */
public record Need(
    int usableBefore, int usableAfter, boolean numbers, AggregateConfiguration configuration) {

  /** What an aggregate needs. */
  public static Need of(Aggregate aggregate, AggregateConfiguration configuration) {
    return of(aggregate.bounds(), aggregate.needsNumbers(), configuration);
  }

  /** What values at instants need. */
  public static Need of(Fill fill, AggregateConfiguration configuration) {
    return of(
        fill == Fill.INTERPOLATED ? Bounds.INTERPOLATED : Bounds.SIMPLE, false, configuration);
  }

  private static Need of(Bounds bounds, boolean numbers, AggregateConfiguration configuration) {
    return switch (bounds) {
      case NONE, SIMPLE -> new Need(0, 0, numbers, configuration);
      case LAST_NON_BAD -> new Need(1, 0, numbers, configuration);
      case INTERPOLATED ->
          new Need(configuration.useSlopedExtrapolation() ? 2 : 1, 1, numbers, configuration);
    };
  }

  /** How many instants among these samples are usable; they ascend by time and ordinal. */
  int usableAmong(List<Sample> samples) {
    int usable = 0;
    Readings readings = new Readings(samples.iterator(), configuration, numbers);
    while (readings.hasNext()) {
      usable += readings.next().bad() ? 0 : 1;
    }
    return usable;
  }
}
