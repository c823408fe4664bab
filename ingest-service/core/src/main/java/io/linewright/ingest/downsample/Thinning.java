package io.linewright.ingest.downsample;

import io.linewright.model.sample.Sample;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fewer samples of very many, by their number and not by time: bursts and quiet stretches keep
 * their shares, as {@link LargestTriangle} gives them. Of each group of the same number of usable
 * samples the first, last, least and greatest are kept; groups double when there are too many.
 *
 * <p>Of a run of unusable samples between two that are kept the first is kept, so that a gap stays
 * a gap. Memory: four samples a group, and their gaps.
 */
public final class Thinning {

  /** A usable sample and the first unusable one since the one before it that is kept. */
  private record Point(@Nullable Sample gap, Sample sample) {

    Point after(@Nullable Sample earlier) {
      return earlier == null ? this : new Point(earlier, sample);
    }
  }

  /** So many samples of the group that has begun are kept at most before it is thinned out. */
  private static final int MOST_OPEN = 64;

  private final int most;
  private List<List<Point>> groups = new ArrayList<>();
  private List<Point> open = new ArrayList<>();
  private @Nullable Sample gap;
  private int size = 1;
  private int filled;

  private Thinning(int most) {
    this.most = most;
  }

  /** Whether a sample counts as a point of a line: not Bad, and a finite number. */
  public static boolean isUsable(Sample sample) {
    return !sample.status().isBad() && Double.isFinite(SampleNumber.of(sample.value()));
  }

  /**
   * The samples kept, ascending. If there are at least {@code groups} usable ones, at least as many
   * are kept, at most four times as many; all, if there are fewer.
   *
   * @param samples ascending by time and ordinal
   * @param groups most groups, even and at least 2
   */
  public static List<Sample> of(Iterator<Sample> samples, int groups) {
    if (groups < 2 || groups % 2 != 0) {
      throw new IllegalArgumentException("groups must be even and at least 2, not " + groups);
    }
    Thinning thinning = new Thinning(groups);
    samples.forEachRemaining(thinning::add);
    return thinning.kept();
  }

  private void add(Sample sample) {
    if (!isUsable(sample)) {
      gap = gap == null ? sample : gap;
      return;
    }
    if (groups.size() == most) {
      halve();
    }
    open.add(new Point(gap, sample));
    gap = null;
    filled++;
    if (filled == size) {
      groups.add(extremes(open));
      open = new ArrayList<>();
      filled = 0;
    } else if (open.size() == MOST_OPEN) {
      open = extremes(open);
    }
  }

  private void halve() {
    List<List<Point>> wider = new ArrayList<>(most);
    for (int i = 0; i < groups.size(); i += 2) {
      List<Point> both = new ArrayList<>(groups.get(i));
      both.addAll(groups.get(i + 1));
      wider.add(extremes(both));
    }
    groups = wider;
    size *= 2;
  }

  private List<Sample> kept() {
    List<Sample> kept = new ArrayList<>();
    groups.add(extremes(open));
    for (List<Point> group : groups) {
      for (Point point : group) {
        if (point.gap() != null) {
          kept.add(point.gap());
        }
        kept.add(point.sample());
      }
    }
    if (gap != null) {
      kept.add(gap);
    }
    return kept;
  }

  /** First, last, least and greatest; of equal ones the first. */
  private static List<Point> extremes(List<Point> points) {
    if (points.size() <= 2) {
      return points;
    }
    int least = 0;
    int greatest = 0;
    for (int i = 1; i < points.size(); i++) {
      double number = number(points, i);
      least = number < number(points, least) ? i : least;
      greatest = number > number(points, greatest) ? i : greatest;
    }
    Set<Integer> chosen =
        new LinkedHashSet<>(
            List.of(0, Math.min(least, greatest), Math.max(least, greatest), points.size() - 1));
    List<Point> kept = new ArrayList<>(chosen.size());
    Sample earlier = null;
    for (int i = 0; i < points.size(); i++) {
      if (earlier == null) {
        earlier = points.get(i).gap();
      }
      if (chosen.contains(i)) {
        kept.add(points.get(i).after(earlier));
        earlier = null;
      }
    }
    return kept;
  }

  private static double number(List<Point> points, int index) {
    return SampleNumber.of(points.get(index).sample().value());
  }
}
