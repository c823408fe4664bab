package io.linewright.ingest.registry;

import io.linewright.model.sample.DataType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the pieces of a series are shown together: numbers in one unit, whole numbers beside doubles
 * as doubles. Numbers and texts, or units of different quantities, are never shown together.
 *
 * @param type of the shown values
 * @param unit UCUM code of the shown values
 * @param parts ascending by time, none overlap
 */
public record SeriesPlan(DataType type, String unit, List<Part> parts) {

  /** A piece and how its values are shown. */
  public record Part(Piece piece, ValueMapping mapping) {}

  /** A plan, or why there is none. */
  public sealed interface Outcome {}

  /** So the series is shown. */
  public record Planned(SeriesPlan plan) implements Outcome {}

  /** It cannot be shown so; one sentence for people. */
  public record Refused(String reason) implements Outcome {}

  public SeriesPlan {
    parts = List.copyOf(parts);
  }

  /**
   * Plans values of a range to be computed with: all pieces in the range, and those around it as
   * far as they can be shown with them.
   *
   * @param name of the series, for the reason
   * @param pieces all of the series, ascending by time, at least one
   * @param wanted UCUM code; null: the newest unit
   */
  public static Outcome of(
      String name, List<Piece> pieces, long from, long to, @Nullable String wanted) {
    int first = first(pieces, from, to);
    int last = last(pieces, from, to);
    for (int i = first + 1; i <= last; i++) {
      if (!mixable(pieces.get(i - 1), pieces.get(i))) {
        return new Refused(change(name, pieces.get(i - 1), pieces.get(i)));
      }
    }
    while (first > 0 && mixable(pieces.get(first - 1), pieces.get(first))) {
      first--;
    }
    return shown(name, pieces.subList(first, newest(pieces, last) + 1), wanted);
  }

  /**
   * Plans stored values of a range to be listed: each in the wanted unit, or the newest, if it can
   * be converted; else as it is stored.
   *
   * @param pieces all of the series, ascending by time, at least one
   */
  public static Outcome listed(
      String name, List<Piece> pieces, long from, long to, @Nullable String wanted) {
    List<Piece> listed = around(pieces, from, to);
    return list(name, listed, listed.getLast(), wanted);
  }

  /**
   * The same for a further page: in the unit that was the newest at the first one, whatever has
   * begun since.
   *
   * @param unit UCUM code
   * @param number whether the newest values were numbers
   */
  public static Outcome listedAsBegun(
      String name, List<Piece> pieces, long from, long to, String unit, boolean number) {
    List<Piece> listed = around(pieces, from, to);
    for (Piece newest : listed.reversed()) {
      boolean fits = number ? convertible(newest.unit(), unit) : newest.unit().equals(unit);
      if (newest.isNumber() == number && fits) {
        return list(name, listed, newest, unit);
      }
    }
    return list(name, listed, listed.getLast(), null);
  }

  /**
   * The pieces as they were when the newest of them was the one with that begin: what has begun
   * since is left out, and what it ended goes on.
   *
   * @param pieces all of the series, ascending by time
   * @param begunMicros begin of a piece, microseconds since the epoch
   */
  public static List<Piece> begunBy(List<Piece> pieces, long begunMicros) {
    int count = (int) pieces.stream().filter(one -> one.fromMicros() <= begunMicros).count();
    if (count == 0 || count == pieces.size()) {
      return pieces;
    }
    List<Piece> begun = new ArrayList<>(pieces.subList(0, count));
    if (begun.getLast().toMicros() == pieces.get(count).fromMicros()) {
      begun.add(begun.removeLast().goingOn());
    }
    return begun;
  }

  private static List<Piece> around(List<Piece> pieces, long from, long to) {
    return pieces.subList(first(pieces, from, to), newest(pieces, last(pieces, from, to)) + 1);
  }

  private static Outcome list(
      String name, List<Piece> listed, Piece newest, @Nullable String wanted) {
    List<Piece> fitting = listed.stream().filter(p -> mixable(p, newest)).toList();
    return switch (shown(name, fitting, wanted)) {
      case Refused refused -> refused;
      case Planned(SeriesPlan plan) -> {
        Map<Piece, ValueMapping> mappings = new HashMap<>();
        plan.parts().forEach(part -> mappings.put(part.piece(), part.mapping()));
        yield new Planned(
            new SeriesPlan(
                plan.type(),
                plan.unit(),
                listed.stream()
                    .map(p -> new Part(p, mappings.getOrDefault(p, ValueMapping.NONE)))
                    .toList()));
      }
    };
  }

  private static int first(List<Piece> pieces, long from, long to) {
    int first = 0;
    while (first < pieces.size() - 1 && !pieces.get(first).overlaps(from, to)) {
      first++;
    }
    return first;
  }

  private static int last(List<Piece> pieces, long from, long to) {
    int first = first(pieces, from, to);
    int last = pieces.size() - 1;
    while (last > first && !pieces.get(last).overlaps(from, to)) {
      last--;
    }
    return last;
  }

  /** The last of those that can be shown with the one at an index, without a gap between. */
  private static int newest(List<Piece> pieces, int index) {
    int newest = index;
    while (newest < pieces.size() - 1 && mixable(pieces.get(newest), pieces.get(newest + 1))) {
      newest++;
    }
    return newest;
  }

  private static Outcome shown(String name, List<Piece> pieces, @Nullable String wanted) {
    Piece newest = pieces.getLast();
    String unit = wanted == null ? newest.unit() : wanted;
    if (!newest.isNumber()) {
      return wanted == null || wanted.equals(newest.unit())
          ? new Planned(
              new SeriesPlan(
                  newest.type(),
                  newest.unit(),
                  pieces.stream().map(p -> new Part(p, ValueMapping.NONE)).toList()))
          : new Refused(
              "%s is of type %s, which has no unit to convert to %s"
                  .formatted(name, newest.type(), wanted));
    }
    boolean asStored =
        pieces.stream().allMatch(p -> p.type() == newest.type() && p.unit().equals(unit));
    List<Part> parts = new ArrayList<>();
    for (Piece piece : pieces) {
      try {
        parts.add(
            new Part(
                piece, asStored ? ValueMapping.NONE : ValueMapping.between(piece.unit(), unit)));
      } catch (IllegalArgumentException different) {
        return new Refused(
            "%s has the unit '%s', which cannot be converted to '%s': %s"
                .formatted(name, piece.unit(), unit, different.getMessage()));
      }
    }
    return new Planned(new SeriesPlan(asStored ? newest.type() : DataType.DOUBLE, unit, parts));
  }

  private static boolean mixable(Piece one, Piece other) {
    if (one.sameAs(other)) {
      return true;
    }
    return one.isNumber() && other.isNumber() && convertible(one.unit(), other.unit());
  }

  private static boolean convertible(String from, String to) {
    try {
      ValueMapping.between(from, to);
      return true;
    } catch (IllegalArgumentException different) {
      return false;
    }
  }

  private static String change(String name, Piece before, Piece after) {
    return ("%s changed at %s from %s in '%s' to %s in '%s', which cannot be shown together; ask"
            + " for a range that ends there or begins there")
        .formatted(
            name,
            Instant.EPOCH.plus(after.fromMicros(), ChronoUnit.MICROS),
            before.type(),
            before.unit(),
            after.type(),
            after.unit());
  }
}
