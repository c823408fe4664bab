package io.linewright.ingest.app.history;

import io.linewright.ingest.app.history.SampleSource.Ask;
import io.linewright.ingest.app.history.SampleSource.Usable;
import io.linewright.model.sample.Sample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Finds the samples around a range. Mostly they are among the nearest few; only where those are not
 * usable, the usable ones are looked for by themselves. Of what lies between, only the nearest and
 * the first after a usable one can change a result, so nothing else is read.
 */
final class Surroundings {

  private static final int NEAR = 16;
  private static final long DAY = 86_400_000_000L;

  /** How far is looked, step by step: plans over few days are made quickly. */
  private static final long[] REACHES = {
    DAY, 32 * DAY, SampleSource.LATEST_MICROS - SampleSource.EARLIEST_MICROS
  };

  /** How often a usable sample may turn out to be superseded by one that is not. */
  private static final int MOST_TRIES = 16;

  private static final Comparator<Sample> BY_TIME =
      Comparator.comparingLong(Sample::sourceMicros).thenComparingInt(Sample::ordinal);

  private final Function<Ask, List<Sample>> reader;

  /** What has been found by {@link #known}: an instant with one, an instant with none before it. */
  private long knownMicros = Long.MAX_VALUE;

  private long noneKnownBefore = Long.MIN_VALUE;

  Surroundings(Function<Ask, List<Sample>> reader) {
    this.reader = reader;
  }

  /** What is needed before an instant, ascending. */
  List<Sample> before(long micros, Need need) {
    List<Sample> near = List.of();
    for (long reach : REACHES) {
      long from = Math.max(micros - reach, SampleSource.EARLIEST_MICROS);
      near = read(from, -1, micros, NEAR, true, Usable.ANY).reversed();
      boolean enough =
          need.usableBefore() == 0
              ? near.stream().anyMatch(Usable.KNOWN::admits)
              : need.usableAmong(near) >= need.usableBefore();
      if (enough) {
        return near;
      }
    }
    if (near.size() < NEAR) {
      return near;
    }
    NavigableSet<Sample> found = new TreeSet<>(BY_TIME);
    found.addAll(near);
    long until = micros;
    for (int i = 0; i < need.usableBefore(); i++) {
      OptionalLong usable = usable(SampleSource.EARLIEST_MICROS, until, true, need);
      if (usable.isEmpty()) {
        break;
      }
      until = usable.getAsLong();
      found.addAll(instant(until));
      found.addAll(first(until + 1, micros));
    }
    if (found.stream().noneMatch(Usable.KNOWN::admits)) {
      found.addAll(known(near.getFirst().sourceMicros() + 1));
    }
    return new ArrayList<>(found);
  }

  /**
   * An instant with something else than Bad_NoData, if there is any: what comes after it is not
   * before the archive begins. Archives mostly begin with one.
   */
  private List<Sample> known(long until) {
    if (until > knownMicros) {
      return instant(knownMicros);
    }
    if (until <= noneKnownBefore) {
      return List.of();
    }
    List<Sample> oldest = read(SampleSource.EARLIEST_MICROS, -1, until, NEAR, false, Usable.ANY);
    Optional<Sample> known = oldest.stream().filter(Usable.KNOWN::admits).findFirst();
    if (known.isEmpty()) {
      long from = Math.max(SampleSource.EARLIEST_MICROS, noneKnownBefore);
      known = read(from, -1, until, 1, true, Usable.KNOWN).stream().findFirst();
    }
    if (known.isEmpty()) {
      noneKnownBefore = until;
      return List.of();
    }
    knownMicros = known.get().sourceMicros();
    return instant(knownMicros);
  }

  /** What is needed at or after an instant, ascending. */
  List<Sample> after(long micros, Need need) {
    List<Sample> near = List.of();
    boolean cut = false;
    for (long reach : REACHES) {
      long to = Math.min(micros + reach, SampleSource.LATEST_MICROS);
      List<Sample> read = read(micros, -1, to, NEAR, false, Usable.ANY);
      cut = read.size() == NEAR;
      near = cut ? withoutLastInstant(read) : read;
      boolean enough =
          need.usableAfter() == 0 ? !near.isEmpty() : need.usableAmong(near) >= need.usableAfter();
      if (enough) {
        return near;
      }
    }
    if (!cut) {
      return near;
    }
    NavigableSet<Sample> found = new TreeSet<>(BY_TIME);
    found.addAll(first(micros, SampleSource.LATEST_MICROS));
    if (need.usableAfter() > 0) {
      OptionalLong usable = usable(micros, SampleSource.LATEST_MICROS, false, need);
      usable.ifPresent(at -> found.addAll(instant(at)));
    }
    return new ArrayList<>(found);
  }

  /** The nearest usable instant; its last ordinal decides. */
  private OptionalLong usable(long from, long to, boolean newest, Need need) {
    Usable wanted = Usable.of(!need.configuration().treatUncertainAsBad(), need.numbers());
    long begin = from;
    long end = to;
    for (int i = 0; i < MOST_TRIES && begin < end; i++) {
      List<Sample> found = read(begin, -1, end, 1, newest, wanted);
      if (found.isEmpty()) {
        return OptionalLong.empty();
      }
      long at = found.getFirst().sourceMicros();
      if (need.usableAmong(instant(at)) > 0) {
        return OptionalLong.of(at);
      }
      begin = newest ? begin : at + 1;
      end = newest ? at : end;
    }
    return OptionalLong.empty();
  }

  /** All samples of the first instant that has any. */
  private List<Sample> first(long from, long to) {
    List<Sample> first = from < to ? read(from, -1, to, 1, false, Usable.ANY) : List.of();
    return first.isEmpty() ? first : instant(first.getFirst().sourceMicros());
  }

  private List<Sample> instant(long micros) {
    return read(micros, -1, micros + 1, Sample.MAX_ORDINAL + 1, false, Usable.ANY);
  }

  private List<Sample> read(
      long from, int afterOrdinal, long to, int limit, boolean newest, Usable usable) {
    return reader.apply(new Ask(from, afterOrdinal, to, limit, newest, usable));
  }

  private static List<Sample> withoutLastInstant(List<Sample> samples) {
    long last = samples.getLast().sourceMicros();
    return samples.stream().filter(sample -> sample.sourceMicros() < last).toList();
  }
}
