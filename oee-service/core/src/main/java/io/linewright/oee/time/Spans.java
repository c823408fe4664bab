package io.linewright.oee.time;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A set of instants as spans. There is one form of every set, so that equal sets are equal objects.
 *
 * @param list ascending; two neighbours neither overlap nor touch; may be empty
 */
public record Spans(List<Span> list) {

  /** No instant. */
  public static final Spans NONE = new Spans(List.of());

  /**
   * @throws IllegalArgumentException if neighbours overlap, touch or descend; {@link #of} takes any
   */
  public Spans {
    list = List.copyOf(list);
    for (int i = 1; i < list.size(); i++) {
      if (list.get(i).fromMicros() <= list.get(i - 1).toMicros()) {
        throw new IllegalArgumentException(
            list.get(i) + " must begin after the end of " + list.get(i - 1));
      }
    }
  }

  /** The instants of spans in any order, which may overlap, touch and repeat each other. */
  public static Spans of(Collection<Span> any) {
    List<Span> merged = new ArrayList<>();
    for (Span span : any.stream().sorted().toList()) {
      if (merged.isEmpty() || merged.getLast().toMicros() < span.fromMicros()) {
        merged.add(span);
      } else {
        merged.add(merged.removeLast().hull(span));
      }
    }
    return new Spans(merged);
  }

  /** The instants that are in both. Time is linear in both. */
  public Spans and(Spans other) {
    List<Span> common = new ArrayList<>();
    int mine = 0;
    int its = 0;
    while (mine < list.size() && its < other.list.size()) {
      Span a = list.get(mine);
      Span b = other.list.get(its);
      a.and(b).ifPresent(common::add);
      if (a.toMicros() <= b.toMicros()) {
        mine++;
      } else {
        its++;
      }
    }
    return new Spans(common);
  }

  /** The instants that are in this and not in the other. Time is linear in both. */
  public Spans minus(Spans other) {
    List<Span> left = new ArrayList<>();
    int its = 0;
    for (Span span : list) {
      long from = span.fromMicros();
      while (its < other.list.size() && other.list.get(its).fromMicros() < span.toMicros()) {
        Span taken = other.list.get(its);
        if (from < taken.fromMicros()) {
          left.add(new Span(from, taken.fromMicros()));
        }
        from = Math.max(from, taken.toMicros());
        if (taken.toMicros() >= span.toMicros()) {
          // It may reach into the next span as well.
          break;
        }
        its++;
      }
      if (from < span.toMicros()) {
        left.add(new Span(from, span.toMicros()));
      }
    }
    return new Spans(left);
  }

  /** The instants of this that are in the span. */
  public Spans within(Span span) {
    return and(new Spans(List.of(span)));
  }

  /**
   * How long all of them are together, in microseconds; 0 for none.
   *
   * @throws ArithmeticException if no long holds it
   */
  public long micros() {
    long sum = 0;
    for (Span span : list) {
      sum = Math.addExact(sum, span.micros());
    }
    return sum;
  }
}
