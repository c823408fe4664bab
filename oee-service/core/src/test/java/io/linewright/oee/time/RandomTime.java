package io.linewright.oee.time;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Time so short that every instant of it can be looked at. */
final class RandomTime {

  private static final int LONGEST = 40;

  private RandomTime() {}

  static Span span(RandomGenerator random) {
    long from = random.nextLong(-50, 50);
    return new Span(from, from + 1 + random.nextInt(LONGEST));
  }

  static Span spanIn(RandomGenerator random, Span whole) {
    long from = random.nextLong(whole.fromMicros(), whole.toMicros());
    return new Span(from, random.nextLong(from + 1, whole.toMicros() + 1));
  }

  static List<Span> spans(RandomGenerator random) {
    List<Span> spans = new ArrayList<>();
    int count = random.nextInt(8);
    for (int i = 0; i < count; i++) {
      long from = random.nextLong(-50, 50);
      spans.add(new Span(from, from + 1 + random.nextInt(12)));
    }
    return spans;
  }

  /** Changes in, before and after the span, no two of one instant and order. */
  static List<Change<Integer>> changes(RandomGenerator random, Span whole) {
    List<Change<Integer>> changes = new ArrayList<>();
    int count = random.nextInt(20);
    for (int order = 0; order < count; order++) {
      long micros = random.nextLong(whole.fromMicros() - 5, whole.toMicros() + 5);
      changes.add(new Change<>(micros, order, random.nextInt(4)));
    }
    return changes;
  }

  static Track<Integer> track(RandomGenerator random, Span whole) {
    return Track.of(whole, random.nextInt(4), changes(random, whole));
  }
}
