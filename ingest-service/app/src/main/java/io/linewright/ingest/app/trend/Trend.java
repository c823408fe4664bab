package io.linewright.ingest.app.trend;

import io.linewright.ingest.app.answer.TimeRange;
import io.linewright.ingest.downsample.Extremes;
import io.linewright.ingest.downsample.LargestTriangle;
import io.linewright.ingest.downsample.SampleNumber;
import io.linewright.ingest.downsample.Thinning;
import io.linewright.model.sample.Sample;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The samples that a chart shows.
 *
 * @param method how they were chosen
 * @param samples ascending by time and ordinal
 */
record Trend(Method method, Iterator<Sample> samples) {

  /** How samples are chosen. */
  enum Method {
    /** All of them. */
    RAW,
    /** First, last, least and greatest per pixel column and severity. */
    EXTREMES,
    /** Largest-Triangle-Three-Buckets. */
    LTTB
  }

  /** LTTB needs its points in memory; more than these are thinned out first. */
  private static final int MOST_IN_MEMORY = 50_000;

  /**
   * Chooses among the samples of a range.
   *
   * @param points all are taken if there are not more; extremes: number of pixel columns; LTTB:
   *     number of usable samples to keep, at least 2
   */
  static Trend of(TimeRange range, int points, Method method, Iterator<Sample> samples) {
    List<Sample> first = take(samples, points + 1);
    if (first.size() <= points) {
      return new Trend(Method.RAW, first.iterator());
    }
    if (method == Method.LTTB) {
      return new Trend(Method.LTTB, triangles(points, first, samples));
    }
    return new Trend(Method.EXTREMES, extremes(range, points, chain(first.iterator(), samples)));
  }

  /**
   * Extremes among texts or bytes, or all of them. They are large, so none is kept to see how many
   * there are: they are read twice.
   *
   * @param samples begins to read the samples of the range
   */
  static Trend ofTexts(TimeRange range, int points, Supplier<Iterator<Sample>> samples) {
    int count = 0;
    for (Iterator<Sample> all = samples.get(); count <= points && all.hasNext(); count++) {
      all.next();
    }
    return count <= points
        ? new Trend(Method.RAW, samples.get())
        : new Trend(Method.EXTREMES, extremes(range, points, samples.get()));
  }

  private static Iterator<Sample> triangles(int points, List<Sample> first, Iterator<Sample> rest) {
    List<Sample> all = new ArrayList<>(first);
    all.addAll(take(rest, MOST_IN_MEMORY - all.size()));
    if (rest.hasNext()) {
      all = Thinning.of(chain(all.iterator(), rest), MOST_IN_MEMORY / 4);
    }
    return triangles(points, all).iterator();
  }

  /**
   * LTTB of the usable ones, and the first unusable one between two that are kept, so that a gap
   * stays a gap: at most {@code 2 * points + 1}.
   */
  private static List<Sample> triangles(int points, List<Sample> all) {
    int[] usable =
        IntStream.range(0, all.size()).filter(i -> Thinning.isUsable(all.get(i))).toArray();
    long[] micros = IntStream.of(usable).mapToLong(i -> all.get(i).sourceMicros()).toArray();
    double[] numbers =
        IntStream.of(usable).mapToDouble(i -> SampleNumber.of(all.get(i).value())).toArray();
    List<Sample> chosen = new ArrayList<>();
    int next = 0;
    for (int index : LargestTriangle.of(micros, numbers, points)) {
      gap(all.subList(next, usable[index])).ifPresent(chosen::add);
      chosen.add(all.get(usable[index]));
      next = usable[index] + 1;
    }
    gap(all.subList(next, all.size())).ifPresent(chosen::add);
    return chosen;
  }

  private static Optional<Sample> gap(List<Sample> between) {
    return between.stream().filter(sample -> !Thinning.isUsable(sample)).findFirst();
  }

  private static Iterator<Sample> extremes(TimeRange range, int columns, Iterator<Sample> samples) {
    return Extremes.of(Columns.of(range, columns).of(range), samples);
  }

  /**
   * The extremes of columns out of roll-ups.
   *
   * @param columns made up of roll-ups' buckets
   * @param points most samples that are shown as they are
   * @param parts of the stored tags that the range is made up of, ascending by time
   * @return empty if there are so few samples that all are to be shown, and all are there
   */
  static Optional<Trend> of(TimeRange range, Columns columns, int points, List<RolledUp> parts) {
    long standFor = parts.stream().mapToLong(RolledUp::standFor).sum();
    if (standFor <= points && parts.stream().noneMatch(RolledUp::gone)) {
      return Optional.empty();
    }
    // Two parts may meet within a column
    Iterator<Sample> samples = parts.stream().flatMap(part -> part.samples().stream()).iterator();
    return Optional.of(new Trend(Method.EXTREMES, Extremes.of(columns.of(range), samples)));
  }

  private static List<Sample> take(Iterator<Sample> samples, int most) {
    List<Sample> taken = new ArrayList<>();
    while (taken.size() < most && samples.hasNext()) {
      taken.add(samples.next());
    }
    return taken;
  }

  private static Iterator<Sample> chain(Iterator<Sample> one, Iterator<Sample> other) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return one.hasNext() || other.hasNext();
      }

      @Override
      public Sample next() {
        return one.hasNext() ? one.next() : other.next();
      }
    };
  }
}
