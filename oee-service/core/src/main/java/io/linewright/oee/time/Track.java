package io.linewright.oee.time;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A value for every instant of a span: that no instant has two and none has none is true of every
 * track by construction, and of whatever is made of tracks. Equal neighbours are one piece, so that
 * tracks with the same value at every instant are equal; a value that holds for no time is in none.
 * Who counts changes counts events, not pieces.
 *
 * @param <V> the values; they are compared by {@code equals}
 * @param whole all of the time that it is about
 * @param pieces ascending; each begins where the one before ends; together exactly {@code whole};
 *     equal neighbours are joined
 */
public record Track<V>(Span whole, List<Piece<V>> pieces) {

  /**
   * @throws IllegalArgumentException if the pieces leave a gap, overlap, or are not exactly the
   *     whole
   */
  public Track {
    requireExactly(whole, pieces);
    pieces = joined(pieces);
  }

  /** The same value all the time. */
  public static <V> Track<V> constant(Span whole, V value) {
    return new Track<>(whole, List.of(new Piece<>(whole, value)));
  }

  /**
   * What holds between changes. Those before the span decide what holds at its begin; those at or
   * after its end do not matter.
   *
   * @param whole the time that is asked for
   * @param before what holds before the first change
   * @param changes in any order; of one instant the one of the highest order holds
   * @throws IllegalArgumentException if two of the same instant and order differ: the result would
   *     depend on their order in the collection
   */
  public static <V> Track<V> of(Span whole, V before, Collection<Change<V>> changes) {
    List<Piece<V>> pieces = new ArrayList<>();
    long from = whole.fromMicros();
    V held = before;
    for (Change<V> change : sorted(changes)) {
      if (change.micros() >= whole.toMicros()) {
        break;
      }
      if (change.micros() > from) {
        pieces.add(new Piece<>(new Span(from, change.micros()), held));
        from = change.micros();
      }
      held = change.value();
    }
    pieces.add(new Piece<>(new Span(from, whole.toMicros()), held));
    return new Track<>(whole, pieces);
  }

  /**
   * The value at an instant, in microseconds since the epoch.
   *
   * @throws IllegalArgumentException if the instant is not in the whole
   */
  public V at(long micros) {
    return pieces.get(indexAt(micros)).value();
  }

  /**
   * The same values, of a part of the time.
   *
   * @throws IllegalArgumentException if the part is not all in the whole
   */
  public Track<V> within(Span part) {
    requireCovers(part);
    List<Piece<V>> inside = new ArrayList<>();
    for (int i = indexAt(part.fromMicros());
        i < pieces.size() && pieces.get(i).span().fromMicros() < part.toMicros();
        i++) {
      Piece<V> piece = pieces.get(i);
      inside.add(new Piece<>(piece.span().and(part).orElseThrow(), piece.value()));
    }
    return new Track<>(part, inside);
  }

  /** Begins to walk along it. */
  public Cursor<V> cursor() {
    return new Cursor<>(this);
  }

  /** The function of the value at every instant; it is asked once for each piece. */
  public <R> Track<R> map(Function<? super V, ? extends R> function) {
    List<Piece<R>> mapped = new ArrayList<>(pieces.size());
    for (Piece<V> piece : pieces) {
      mapped.add(new Piece<>(piece.span(), function.apply(piece.value())));
    }
    return new Track<>(whole, mapped);
  }

  /**
   * The function of both values at every instant; it is asked once for each piece of the common
   * refinement. Time is linear in the pieces of both.
   *
   * @throws IllegalArgumentException if the other is not about exactly the same time
   */
  public <W, R> Track<R> with(
      Track<W> other, BiFunction<? super V, ? super W, ? extends R> function) {
    if (!whole.equals(other.whole)) {
      throw new IllegalArgumentException(
          "a track of " + whole + " has no common pieces with one of " + other.whole);
    }
    List<Piece<R>> refined = new ArrayList<>(pieces.size() + other.pieces.size());
    int mine = 0;
    int its = 0;
    while (mine < pieces.size()) {
      Piece<V> a = pieces.get(mine);
      Piece<W> b = other.pieces.get(its);
      refined.add(
          new Piece<>(a.span().and(b.span()).orElseThrow(), function.apply(a.value(), b.value())));
      long to = Math.min(a.span().toMicros(), b.span().toMicros());
      mine += a.span().toMicros() == to ? 1 : 0;
      its += b.span().toMicros() == to ? 1 : 0;
    }
    return new Track<>(whole, refined);
  }

  /** The same with another value in a span; what of the span is not in the whole is left out. */
  public Track<V> painted(Span on, V value) {
    Span inside = whole.and(on).orElse(null);
    if (inside == null) {
      return this;
    }
    List<Piece<V>> painted = new ArrayList<>(pieces.size() + 2);
    if (whole.fromMicros() < inside.fromMicros()) {
      painted.addAll(within(new Span(whole.fromMicros(), inside.fromMicros())).pieces);
    }
    painted.add(new Piece<>(inside, value));
    if (inside.toMicros() < whole.toMicros()) {
      painted.addAll(within(new Span(inside.toMicros(), whole.toMicros())).pieces);
    }
    return new Track<>(whole, painted);
  }

  /** Which piece an instant of the whole is in. */
  private int indexAt(long micros) {
    if (!whole.contains(micros)) {
      throw new IllegalArgumentException(micros + " is not in the track of " + whole);
    }
    int low = 0;
    int high = pieces.size() - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (pieces.get(middle).span().toMicros() <= micros) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Refuses a span of which the track does not know all. */
  private void requireCovers(Span part) {
    if (!whole.covers(part)) {
      throw new IllegalArgumentException(part + " is not all in the track of " + whole);
    }
  }

  private static <V> List<Change<V>> sorted(Collection<Change<V>> changes) {
    List<Change<V>> sorted = new ArrayList<>(changes);
    sorted.sort(
        Comparator.<Change<V>>comparingLong(Change::micros).thenComparingInt(Change::order));
    for (int i = 1; i < sorted.size(); i++) {
      Change<V> one = sorted.get(i - 1);
      Change<V> next = sorted.get(i);
      if (one.micros() == next.micros() && one.order() == next.order() && !one.equals(next)) {
        throw new IllegalArgumentException("nothing says which holds, " + one + " or " + next);
      }
    }
    return sorted;
  }

  private static void requireExactly(Span whole, List<? extends Piece<?>> pieces) {
    long from = whole.fromMicros();
    for (Piece<?> piece : pieces) {
      if (piece.span().fromMicros() != from) {
        throw new IllegalArgumentException(piece + " must begin at " + from + ", in " + whole);
      }
      from = piece.span().toMicros();
    }
    if (from != whole.toMicros()) {
      throw new IllegalArgumentException("the pieces end at " + from + ", not as " + whole);
    }
  }

  private static <V> List<Piece<V>> joined(List<Piece<V>> pieces) {
    List<Piece<V>> joined = new ArrayList<>(pieces.size());
    for (Piece<V> piece : pieces) {
      if (!joined.isEmpty() && joined.getLast().value().equals(piece.value())) {
        Piece<V> before = joined.removeLast();
        joined.add(new Piece<>(before.span().hull(piece.span()), before.value()));
      } else {
        joined.add(piece);
      }
    }
    return List.copyOf(joined);
  }
}
