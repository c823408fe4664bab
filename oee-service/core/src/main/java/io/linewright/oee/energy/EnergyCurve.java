package io.linewright.oee.energy;

import io.linewright.oee.event.TrackKind;
import io.linewright.oee.event.TrackName;
import io.linewright.oee.quantity.Quantity;
import io.linewright.oee.quantity.Rounded;
import io.linewright.oee.time.Piece;
import io.linewright.oee.time.Span;
import io.linewright.oee.time.Track;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How much energy one meter had told until each instant. Between two readings energy flows evenly:
 * how a counter rose from one to the next is not known, and the power between two is taken as their
 * mean. Each is rounded once, to a millionth of a kWh, from the two readings around it alone. So
 * the energy of spans that divide a span is exactly the energy of it, and it does not matter which
 * other readings there are.
 *
 * <p>A counter that falls was reset to 0, and what it shows was counted since. If it rises by more
 * than the machine can take in the time and a minute, as after a reset that was none, nothing is
 * counted. The error at a change of state is what the power changes by, times half of the time
 * between the readings around it at most.
 */
public final class EnergyCurve {

  private static final double MOST_KWH = 1e12;

  /** Times further from the epoch, about 36,000 years, are no times, and would not be added up. */
  private static final long MOST_MICROS = 1L << 60;

  /** Some 30 years: what is believed of longer gaps does not grow any more. */
  private static final long MOST_GAP = 1_000_000_000_000_000L;

  /** Mean of two powers in mW, times µs, to mWh: µs of an hour, and of two powers. */
  private static final long TWO_HOURS = 7_200_000_000L;

  private static final long HOUR = 3_600_000_000L;

  /** Counters rise in steps: a step may come at once. */
  private static final long SLACK = 60_000_000;

  private final long[] micros;

  /** Millionths of a kWh from the first reading to each. */
  private final long[] energy;

  /** Microseconds from the first reading to each of which something is known. */
  private final long[] covered;

  private EnergyCurve(long[] micros) {
    this.micros = micros;
    this.energy = new long[micros.length];
    this.covered = new long[micros.length];
  }

  /**
   * The curve of one meter.
   *
   * @param kind {@link TrackKind#ENERGY} for a counter, {@link TrackKind#POWER}
   * @param readings in any order, those of one instant in the order of which the last holds. For
   *     the energy of a span they must reach from the last before it to the first after it
   * @throws IllegalArgumentException if the kind is another
   */
  public static EnergyCurve of(TrackKind kind, List<EnergyReading> readings, EnergyRules rules) {
    if (kind != TrackKind.ENERGY && kind != TrackKind.POWER) {
      throw new IllegalArgumentException("energy is not told by " + kind);
    }
    double mostShown = kind == TrackKind.ENERGY ? MOST_KWH : rules.mostKilowatts().units();
    List<EnergyReading> valid = valid(readings, mostShown);
    EnergyCurve curve = new EnergyCurve(valid.stream().mapToLong(EnergyReading::micros).toArray());
    long longestGap = rules.longestGap().toNanos() / 1_000;
    for (int i = 1; i < valid.size(); i++) {
      long gap = curve.micros[i] - curve.micros[i - 1];
      long before = Quantity.of(valid.get(i - 1).value()).millionths();
      long after = Quantity.of(valid.get(i).value()).millionths();
      if (kind == TrackKind.ENERGY) {
        long kwh = after < before ? after : after - before;
        long most =
            Rounded.quotient(
                rules.mostKilowatts().millionths(), Math.min(gap, MOST_GAP) + SLACK, HOUR);
        boolean believed = kwh >= 0 && kwh <= most;
        curve.set(i, believed ? kwh : 0, believed && (gap <= longestGap || kwh == 0));
      } else {
        boolean known = gap <= longestGap;
        curve.set(i, known ? Rounded.quotient(before + after, gap, TWO_HOURS) : 0, known);
      }
    }
    return curve;
  }

  /**
   * The curves of one machine: of all of its counters, or of all tags with its power. Which, is
   * said by the rules if it has both.
   *
   * @param readings of each of its tags, see {@link #of}; other kinds are left out
   */
  public static List<EnergyCurve> of(
      Map<TrackName, List<EnergyReading>> readings, EnergyRules rules) {
    List<EnergyCurve> preferred = new ArrayList<>();
    List<EnergyCurve> others = new ArrayList<>();
    readings.forEach(
        (track, its) -> {
          if (track.kind() == TrackKind.ENERGY || track.kind() == TrackKind.POWER) {
            (track.kind() == rules.source() ? preferred : others).add(of(track.kind(), its, rules));
          }
        });
    return List.copyOf(preferred.isEmpty() ? others : preferred);
  }

  /** Energy in a span, in kWh; what lies before the first and after the last reading has none. */
  public Quantity between(Span span) {
    return new Quantity(
        Math.subtractExact(at(energy, span.toMicros()), at(energy, span.fromMicros())));
  }

  /** How much of a span something is known about, in microseconds. */
  public long coveredMicros(Span span) {
    return at(covered, span.toMicros()) - at(covered, span.fromMicros());
  }

  /**
   * Energy by what held in the meantime: category of time, native state, order, product. The sum is
   * exactly the energy of the whole track.
   *
   * @return in kWh, in the order in which the values first held
   */
  public <K> Map<K, Quantity> split(Track<K> track) {
    Map<K, Quantity> parts = new LinkedHashMap<>();
    for (Piece<K> piece : track.pieces()) {
      parts.merge(piece.value(), between(piece.span()), Quantity::plus);
    }
    return parts;
  }

  /** When the last reading was; empty without any. */
  public OptionalLong lastMicros() {
    return micros.length == 0 ? OptionalLong.empty() : OptionalLong.of(micros[micros.length - 1]);
  }

  private void set(int i, long kwh, boolean known) {
    energy[i] = Math.addExact(energy[i - 1], kwh);
    covered[i] = covered[i - 1] + (known ? micros[i] - micros[i - 1] : 0);
  }

  private long at(long[] sums, long instant) {
    if (micros.length == 0) {
      return 0;
    }
    int found = Arrays.binarySearch(micros, instant);
    if (found >= 0) {
      return sums[found];
    }
    int next = -found - 1;
    if (next == 0) {
      return 0;
    }
    if (next == micros.length) {
      return sums[next - 1];
    }
    long rise = sums[next] - sums[next - 1];
    long gap = micros[next] - micros[next - 1];
    return sums[next - 1] + Rounded.quotient(rise, instant - micros[next - 1], gap);
  }

  private static List<EnergyReading> valid(List<EnergyReading> readings, double most) {
    List<EnergyReading> sorted = new ArrayList<>(readings);
    sorted.removeIf(
        reading ->
            !(Math.abs(reading.value()) <= most)
                || reading.micros() > MOST_MICROS
                || reading.micros() < -MOST_MICROS);
    sorted.sort(Comparator.comparingLong(EnergyReading::micros));
    List<EnergyReading> last = new ArrayList<>(sorted.size());
    for (EnergyReading reading : sorted) {
      if (!last.isEmpty() && last.getLast().micros() == reading.micros()) {
        last.removeLast();
      }
      last.add(reading);
    }
    return last;
  }
}
