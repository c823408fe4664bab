package io.linewright.bench.load;

import io.linewright.model.sample.SampleValue;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A day of machines as the historian stores it. Each machine has 20 tags: 8 slow doubles (a
 * temperature; resolution and deadband 0.1), 6 noisy doubles (a current; resolution 0.01), 3
 * counters, 3 truth values. All are read once a step, a few milliseconds early or late, each tag
 * some microseconds after the one before. Noisy tags report every reading, the others what has
 * changed. The gateway closes a record of a machine every 250 ms; its records arrive 5 to 40 ms
 * later; the historian commits every 100 to 400 ms what has arrived.
 *
 * <p>So source times are all different, the rows of one record share their gateway time, and those
 * of one commit their ingest time.
 */
public final class PlantDay {

  /** Tags of a machine. */
  public static final int TAGS = 20;

  private static final int SLOW = 8;
  private static final int DOUBLES = 14;
  private static final int NUMBERS = 17;

  private static final long DAY_MICROS = 86_400_000_000L;
  private static final long RECORD_MICROS = 250_000;
  private static final double JITTER_MICROS = 3_000;
  private static final double MOST_JITTER_MICROS = 15_000;
  private static final double DEADBAND = 0.1;

  /** Nothing before that: other rows may be there. */
  private static final long FIRST_MICROS = 2_000_000;

  /** Takes rows; times in microseconds since 1970. */
  @FunctionalInterface
  public interface Sink {
    void row(int tag, long micros, SampleValue value, long gatewayMicros, long ingestMicros)
        throws SQLException;
  }

  private final long beginMicros;
  private final long stepMicros;
  private final SplittableRandom random;
  private final long[] phases;
  private final long[] recordPhases;
  private final SlowTag[] slow;
  private final Counter[] counters;
  private long commitMicros;
  private int commits;

  /**
   * @param machines how many; tag t is number t % 20 of machine t / 20
   * @param beginMicros begin of the day
   * @param stepMicros time between two readings
   * @param seed of all that is random
   */
  public PlantDay(int machines, long beginMicros, long stepMicros, long seed) {
    this.beginMicros = beginMicros;
    this.stepMicros = stepMicros;
    this.random = new SplittableRandom(seed);
    this.phases = random.longs(machines, 0, stepMicros).sorted().toArray();
    this.recordPhases = random.longs(machines, 0, RECORD_MICROS).toArray();
    this.slow = new SlowTag[machines * TAGS];
    this.counters = new Counter[machines * TAGS];
    Arrays.setAll(slow, tag -> new SlowTag(tag % TAGS, random.nextDouble(1_000)));
    Arrays.setAll(counters, tag -> new Counter(tag % TAGS < NUMBERS ? 6 : 600));
    this.commitMicros = beginMicros;
  }

  /** Gives all rows of the day, in the order in which they are stored. */
  public void write(Sink sink) throws SQLException {
    for (long at = FIRST_MICROS; at + stepMicros < DAY_MICROS; at += stepMicros) {
      for (int machine = 0; machine < phases.length; machine++) {
        read(machine, beginMicros + at + phases[machine], sink);
      }
    }
  }

  /** How many commits there were. */
  public int commits() {
    return commits;
  }

  private void read(int machine, long wantedMicros, Sink sink) throws SQLException {
    double jitter =
        Math.clamp(random.nextGaussian() * JITTER_MICROS, -MOST_JITTER_MICROS, MOST_JITTER_MICROS);
    long micros = wantedMicros + Math.round(jitter);
    long past = micros + 2_000 - recordPhases[machine];
    long gateway =
        (Math.floorDiv(past, RECORD_MICROS) + 1) * RECORD_MICROS
            + recordPhases[machine]
            + random.nextLong(1_000);
    long arrival = gateway + random.nextLong(5_000, 40_000);
    if (arrival > commitMicros) {
      while (arrival > commitMicros) {
        commitMicros += random.nextLong(100_000, 400_000);
      }
      commits++;
    }
    long each = micros;
    for (int tag = machine * TAGS; tag < (machine + 1) * TAGS; tag++) {
      each += 10 + random.nextLong(30);
      SampleValue value = value(tag, (each - beginMicros) / 1e6);
      if (value != null) {
        sink.row(tag, each, value, gateway, commitMicros);
      }
    }
  }

  /** What a tag reports when it is read; null: nothing. */
  private @Nullable SampleValue value(int tag, double seconds) {
    int number = tag % TAGS;
    if (number < SLOW) {
      return slow[tag].report(seconds, random);
    }
    if (number < DOUBLES) {
      double wave = Math.sin(seconds / 60 + tag);
      return SampleValue.of(rounded(12 + number + wave + random.nextDouble(-0.5, 0.5), 100));
    }
    Counter counter = counters[tag];
    if (!counter.hasChanged(seconds, random)) {
      return null;
    }
    return number < NUMBERS
        ? SampleValue.of(counter.count)
        : SampleValue.of(counter.count % 2 == 1);
  }

  private static double rounded(double value, double parts) {
    return Math.round(value * parts) / parts;
  }

  /** A value that moves up and down in hours, with a little noise. */
  private static final class SlowTag {

    private final double middle;
    private final double period;
    private final double phase;
    private double told = Double.NaN;

    SlowTag(int number, double phase) {
      this.middle = 60 + 3.0 * number;
      this.period = 900 + 50.0 * number;
      this.phase = phase;
    }

    @Nullable SampleValue report(double seconds, SplittableRandom random) {
      double noise = random.nextDouble(-0.03, 0.03);
      double value = middle + 8 * Math.sin(seconds / period + phase) + noise;
      if (Math.abs(value - told) < DEADBAND) {
        return null;
      }
      told = value;
      return SampleValue.of(rounded(value, 10));
    }
  }

  /** Counts what happens now and then. */
  private static final class Counter {

    private final double meanSeconds;
    private double nextSeconds;
    private long count;
    private long told = -1;

    Counter(double meanSeconds) {
      this.meanSeconds = meanSeconds;
    }

    boolean hasChanged(double seconds, SplittableRandom random) {
      while (nextSeconds <= seconds) {
        count++;
        nextSeconds += meanSeconds * random.nextDouble(0.7, 1.3);
      }
      boolean changed = count != told;
      told = count;
      return changed;
    }
  }
}
