package io.linewright.bench.edgefault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** The faults of a run, all drawn from one seed before the first one happens. */
final class FaultPlan {

  /**
   * Furthest jump ahead: what was stamped ahead stays the newest of its tag until it is that late.
   */
  private static final int MOST_AHEAD_MILLIS = 20_000;

  /** Furthest jump back. */
  private static final Duration MOST_BACK = Duration.ofHours(23);

  /** Lines by number: the gateway's to OPC UA, to Modbus, to the broker. */
  static final int LINES = 3;

  private static final int OVERLAPPING_PERCENT = 30;

  /**
   * One fault.
   *
   * @param number from 1
   * @param line which line, for faults of lines
   * @param refuses for cuts: whether connections are refused; else everything is swallowed
   * @param length how long it lasts, for those that last
   * @param jump for clocks: how far they are set
   * @param pause after it was taken away
   * @param overlaps whether the next one does not wait until everything delivers again
   */
  record Fault(
      int number,
      FaultKind kind,
      int line,
      boolean refuses,
      Duration length,
      Duration jump,
      Duration pause,
      boolean overlaps) {}

  private FaultPlan() {}

  /** As many kinds as fit once each, the rest by weight, in random order. */
  static List<Fault> draw(int count, long seed) {
    Random random = new Random(seed);
    List<FaultKind> kinds = new ArrayList<>(Arrays.asList(FaultKind.values()));
    Collections.shuffle(kinds, random);
    kinds = new ArrayList<>(kinds.subList(0, Math.min(count, kinds.size())));
    int sum = Arrays.stream(FaultKind.values()).mapToInt(FaultKind::weight).sum();
    while (kinds.size() < count) {
      kinds.add(byWeight(random.nextInt(sum)));
    }
    Collections.shuffle(kinds, random);
    List<Fault> faults = new ArrayList<>();
    for (FaultKind kind : kinds) {
      faults.add(
          new Fault(
              faults.size() + 1,
              kind,
              random.nextInt(LINES),
              random.nextBoolean(),
              length(kind, random),
              kind == FaultKind.CLOCK_JUMP ? jump(random) : Duration.ZERO,
              Duration.ofMillis(300 + random.nextInt(2200)),
              random.nextInt(100) < OVERLAPPING_PERCENT && kind != FaultKind.CLOCK_JUMP));
    }
    return List.copyOf(faults);
  }

  private static FaultKind byWeight(int number) {
    int rest = number;
    for (FaultKind kind : FaultKind.values()) {
      rest -= kind.weight();
      if (rest < 0) {
        return kind;
      }
    }
    throw new IllegalArgumentException("beyond the sum of weights: " + number);
  }

  private static Duration length(FaultKind kind, Random random) {
    return switch (kind) {
      case SERVER_KILL, SERVER_RESTART, BROKER_KILL, BRIDGE_KILL, EDGE_KILL ->
          Duration.ofMillis(random.nextInt(2500)); // dead before it is started again
      case CERTIFICATE -> Duration.ofMillis(2000 + random.nextInt(3000)); // not trusted that long
      case SERVER_PAUSE, SWALLOW -> Duration.ofMillis(500 + random.nextInt(6500));
      case STUTTER -> Duration.ofMillis(2000 + random.nextInt(4000));
      case BREAK, HALF_CLOSE -> Duration.ZERO;
      case CUT_TEN -> Duration.ofSeconds(10);
      case CUT_LONG -> Duration.ofSeconds(30 + random.nextInt(31));
      case DISK_FULL -> Duration.ofMillis(3000 + random.nextInt(4000));
      case CLOCK_JUMP -> Duration.ofMillis(3000 + random.nextInt(9000));
    };
  }

  /** Ahead by a second and more, or back by anything from a second to a day, small or great. */
  private static Duration jump(Random random) {
    if (random.nextBoolean()) {
      return Duration.ofMillis(1000 + random.nextInt(MOST_AHEAD_MILLIS - 1000));
    }
    double share = random.nextDouble();
    return Duration.ofMillis(-Math.round(1000 * Math.pow(MOST_BACK.toSeconds(), share)));
  }

  /** How often each kind occurs, in words. */
  static String summary(List<Fault> faults) {
    return faults.stream()
        .collect(
            Collectors.groupingBy(
                Fault::kind, () -> new java.util.EnumMap<>(FaultKind.class), Collectors.counting()))
        .toString();
  }
}
