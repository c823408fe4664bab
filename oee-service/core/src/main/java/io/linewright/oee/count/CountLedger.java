package io.linewright.oee.count;

import io.linewright.oee.event.TrackName;
import io.linewright.oee.quantity.Quantity;
import io.linewright.oee.time.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a machine made in a window of time, item by item.
 *
 * <p>A reading counts what it shows more than the one before. A fall is a roll-over, if the rules
 * know one, what it counted is not too much, and it is at most a quarter of the range; else the
 * counter was reset to 0, and all that it shows counts. What is too much to be true (see {@link
 * CounterRules.Rate}; always more than 10<sup>9</sup> items, or 10<sup>6</sup> a second) is not
 * counted. A single reading between two that fit each other is left out: one that is too far above
 * them, and one below them from which the way back is too far. If a counter goes to and fro between
 * two values, as when two are sent by one name, every reading is such a one, and a fact; nothing is
 * counted. Whether a reading was such a one is known only when the next one is there: the latest is
 * counted as if it was none, a fall as a reset.
 *
 * <p>Counters may be below 0, as signed numbers of 16 bits are that roll over at 65536. Only a fall
 * to below 0 that is no roll-over is not counted.
 *
 * @param entries ascending; one for all counters of a kind in one instant, one for all corrections
 *     of a kind in one instant; all in the window
 * @param facts what is not plain counting, ascending by time, then by counter; of the readings that
 *     belong to the window
 */
public record CountLedger(List<CountEntry> entries, List<CounterFact> facts) {

  private static final Comparator<CounterFact> FACTS =
      Comparator.comparingLong(CounterFact::micros).thenComparing(CounterFact::counter);

  /**
   * @throws IllegalArgumentException if the entries descend, or two are of the same instant, kind
   *     and origin
   */
  public CountLedger {
    entries = List.copyOf(entries);
    facts = List.copyOf(facts);
    for (int i = 1; i < entries.size(); i++) {
      CountEntry one = entries.get(i - 1);
      CountEntry next = entries.get(i);
      if (one.compareTo(next) >= 0 || isSameKey(one, next)) {
        throw new IllegalArgumentException(next + " must come after " + one);
      }
    }
  }

  /**
   * The ledger of a window. That of a smaller window is the cut of it.
   *
   * @param window the time that is asked for
   * @param readings of each counter those that the window needs; each counter is one of its own,
   *     also of the same kind; tracks that are no counters of items are left out
   * @param counting the rules
   * @param corrections in any order, of any time; one of the same version counts once
   */
  public static CountLedger of(
      Span window,
      Map<TrackName, Readings> readings,
      Counting counting,
      Collection<CountCorrection> corrections) {
    List<CountEntry> single = new ArrayList<>();
    List<CounterFact> facts = new ArrayList<>();
    readings.forEach(
        (name, of) ->
            CountKind.of(name.kind())
                .map(kind -> new Counter(name, kind, of.all(), counting))
                .ifPresent(
                    counter -> {
                      for (CountEntry entry : counter.entries()) {
                        if (window.contains(entry.atMicros())) {
                          single.add(entry);
                        }
                      }
                      for (CounterFact fact : counter.facts()) {
                        if (window.contains(fact.micros() - 1)) {
                          facts.add(fact);
                        }
                      }
                    }));
    Set<Long> versions = new HashSet<>();
    for (CountCorrection correction : corrections) {
      if (window.contains(correction.micros()) && versions.add(correction.version())) {
        single.add(
            new CountEntry(correction.micros(), correction.kind(), true, correction.quantity()));
      }
    }
    Collections.sort(single);
    facts.sort(FACTS);
    return new CountLedger(summed(single), facts);
  }

  /** One entry for those of the same key, which are neighbours; none where they cancel out. */
  private static List<CountEntry> summed(List<CountEntry> ascending) {
    List<CountEntry> summed = new ArrayList<>(ascending.size());
    for (int i = 0; i < ascending.size(); ) {
      CountEntry entry = ascending.get(i++);
      Quantity sum = entry.quantity();
      for (; i < ascending.size() && isSameKey(ascending.get(i), entry); i++) {
        sum = sum.plus(ascending.get(i).quantity());
      }
      if (sum.equals(entry.quantity())) {
        summed.add(entry);
      } else if (sum.millionths() != 0) {
        summed.add(new CountEntry(entry.atMicros(), entry.kind(), entry.corrected(), sum));
      }
    }
    return summed;
  }

  private static boolean isSameKey(CountEntry one, CountEntry other) {
    return one.atMicros() == other.atMicros()
        && one.kind() == other.kind()
        && one.corrected() == other.corrected();
  }

  /** The entries and facts of a part of the window; what of the part is not in it has none. */
  public CountLedger within(Span part) {
    return new CountLedger(
        entries.stream().filter(entry -> part.contains(entry.atMicros())).toList(),
        facts.stream().filter(fact -> part.contains(fact.micros() - 1)).toList());
  }

  /**
   * How many of each kind, counted and corrected; kinds of which there is no entry are not in it.
   *
   * @throws ArithmeticException if a sum is not in ±2<sup>63</sup> millionths
   */
  public Map<CountKind, Quantity> sums() {
    Map<CountKind, Quantity> sums = new EnumMap<>(CountKind.class);
    for (CountEntry entry : entries) {
      sums.merge(entry.kind(), entry.quantity(), Quantity::plus);
    }
    return sums;
  }

  /** Whether people added to or took from what was counted. */
  public boolean corrected() {
    return entries.stream().anyMatch(CountEntry::corrected);
  }
}
