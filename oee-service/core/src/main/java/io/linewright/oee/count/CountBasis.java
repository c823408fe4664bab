package io.linewright.oee.count;

import io.linewright.oee.event.TrackName;
import io.linewright.oee.quantity.Quantity;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The quantities of ISO 22400-2 from the counters that a machine has. What cannot be known without
 * a counter that is not there is said to be unknown: without it all items would be good, or as many
 * made as rejected. A negative quantity is kept, such as that of a machine that rejected in an hour
 * more than it made in it.
 *
 * @param produced PQ, all items: those of the counter of all, else the good, rejected and reworked
 *     ones; unknown without the good or the rejected ones, and then the sum of what there is
 * @param good GQ: those of their counter, else all without the rejected and reworked ones; else
 *     unknown, and 0
 * @param reject SQ: those of their counter, else all without the good and reworked ones; else
 *     unknown, and 0
 * @param rework RQ: those of their counter, else unknown, and 0
 * @param difference of all items those that are neither good nor rejected nor reworked, if there
 *     are counters of all, good and rejected ones, else 0. They are of no two instants the same, so
 *     it is a few at any moment, and these cancel out in the sum of all moments
 * @param unknown which of the first four are; copied
 */
public record CountBasis(
    Quantity produced,
    Quantity good,
    Quantity reject,
    Quantity rework,
    Quantity difference,
    Set<Unknown> unknown) {

  /** A quantity of which a machine does not tell enough. */
  public enum Unknown {
    /**
     * How many in all, PQ: there is neither a counter of all nor of both good and rejected ones.
     */
    PRODUCED,
    /** How many were good, GQ: there is neither a counter of them nor of all and rejected ones. */
    GOOD,
    /** How many were rejected, SQ: there is neither a counter of them nor of all and good ones. */
    REJECT,
    /** How many were made again, RQ: there is no counter of them. */
    REWORK
  }

  public CountBasis {
    Set<Unknown> copy = EnumSet.noneOf(Unknown.class);
    copy.addAll(unknown);
    unknown = Collections.unmodifiableSet(copy);
  }

  /** The kinds of items that are counted by tracks, whether or not there are readings. */
  public static Set<CountKind> present(Collection<TrackName> tracks) {
    return tracks.stream()
        .flatMap(track -> CountKind.of(track.kind()).stream())
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(CountKind.class)));
  }

  /**
   * The quantities.
   *
   * @param present kinds that the machine counts, or that are reported by hand for it
   * @param sums how many of each kind; none of a kind is 0. Kinds that are not present, as those of
   *     a single correction, are added to what is there, but make nothing known
   * @throws ArithmeticException if a result is not in ±2<sup>63</sup> millionths
   */
  public static CountBasis of(Set<CountKind> present, Map<CountKind, Quantity> sums) {
    boolean allKnown = present.contains(CountKind.TOTAL);
    boolean goodKnown = present.contains(CountKind.GOOD);
    boolean rejectKnown = present.contains(CountKind.REJECT);
    Quantity total = sums.getOrDefault(CountKind.TOTAL, Quantity.ZERO);
    Quantity good = sums.getOrDefault(CountKind.GOOD, Quantity.ZERO);
    Quantity reject = sums.getOrDefault(CountKind.REJECT, Quantity.ZERO);
    Quantity rework = sums.getOrDefault(CountKind.REWORK, Quantity.ZERO);
    Quantity difference =
        allKnown && goodKnown && rejectKnown
            ? total.minus(good).minus(reject).minus(rework)
            : Quantity.ZERO;
    Set<Unknown> unknown = EnumSet.noneOf(Unknown.class);
    if (!present.contains(CountKind.REWORK)) {
      unknown.add(Unknown.REWORK);
    }
    Quantity produced = total;
    if (!allKnown) {
      produced = total.plus(good).plus(reject).plus(rework);
      if (!goodKnown || !rejectKnown) {
        unknown.add(Unknown.PRODUCED);
      }
    }
    if (!goodKnown) {
      if (allKnown && rejectKnown) {
        good = good.plus(total.minus(reject).minus(rework));
      } else {
        unknown.add(Unknown.GOOD);
      }
    }
    if (!rejectKnown) {
      if (allKnown && goodKnown) {
        reject = reject.plus(total.minus(good).minus(rework));
      } else {
        unknown.add(Unknown.REJECT);
      }
    }
    return new CountBasis(produced, good, reject, rework, difference, unknown);
  }

  /** Whether the counters contradict each other. */
  public boolean disagree() {
    return difference.millionths() != 0;
  }
}
