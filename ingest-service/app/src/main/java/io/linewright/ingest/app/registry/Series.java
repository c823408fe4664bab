package io.linewright.ingest.app.registry;

import io.linewright.ingest.registry.Piece;
import io.linewright.ingest.registry.SeriesPlan;
import io.linewright.ingest.registry.Stretch;
import io.linewright.ingest.registry.TagVersion;
import io.linewright.model.sample.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that is stored of a tag, wherever its equipment was and whatever its values were.
 *
 * @param tag as it is shown, with its present type and unit
 * @param pieces ascending by time, at least one
 */
public record Series(Tag tag, List<Piece> pieces) {

  public Series {
    pieces = List.copyOf(pieces);
  }

  /**
   * Where values of a time are stored.
   *
   * @param tagId number of the stored tag
   * @param fromMicros begin, included, microseconds since the epoch
   * @param toMicros end, not included
   */
  public record Source(int tagId, long fromMicros, long toMicros) {

    /** Whether it has the values of an instant. */
    public boolean covers(long micros) {
      return micros >= fromMicros && micros < toMicros;
    }
  }

  /** Which stored tags have its values, and of when: ascending, adjoining ones of a tag as one. */
  public List<Source> sources() {
    List<Source> sources = new ArrayList<>();
    for (Piece piece : pieces) {
      Source before = sources.isEmpty() ? null : sources.getLast();
      if (before != null
          && before.tagId() == piece.tagId()
          && before.toMicros() == piece.fromMicros()) {
        sources.set(
            sources.size() - 1, new Source(piece.tagId(), before.fromMicros(), piece.toMicros()));
      } else {
        sources.add(new Source(piece.tagId(), piece.fromMicros(), piece.toMicros()));
      }
    }
    return sources;
  }

  /** All that arrives under the address of one stored tag. */
  public static Series of(Tag tag) {
    Builder one = new Builder();
    one.add(tag, Stretch.all(tag.path()));
    return new Series(tag, one.pieces);
  }

  /** Gathers stored tags in the order of time. */
  static final class Builder {

    private final List<Piece> pieces = new ArrayList<>();
    private @Nullable Tag newest;

    void add(Tag tag, Stretch stretch) {
      newest = tag;
      if (tag.versions().isEmpty()) {
        add(tag, tag.version(), tag.type(), tag.unit(), stretch);
      }
      for (int i = 0; i < tag.versions().size(); i++) {
        TagVersion version = tag.versions().get(i);
        long end =
            i + 1 == tag.versions().size() ? Stretch.ON : tag.versions().get(i + 1).fromMicros();
        add(
            tag,
            version.version(),
            version.type(),
            version.unit(),
            new Stretch(
                stretch.address(),
                Math.max(version.fromMicros(), stretch.fromMicros()),
                Math.min(end, stretch.toMicros())));
      }
    }

    private void add(Tag tag, int number, DataType type, String unit, Stretch stretch) {
      if (stretch.fromMicros() < stretch.toMicros()) {
        pieces.add(
            new Piece(tag.id(), number, type, unit, stretch.fromMicros(), stretch.toMicros()));
      }
    }

    /**
     * @param path under which the tag is shown
     */
    Optional<Series> build(String path) {
      return newest == null || pieces.isEmpty()
          ? Optional.empty()
          : Optional.of(new Series(newest.at(path), numbered()));
    }

    /** Of several stored tags the versions are counted anew: 1, 2, … with each change. */
    private List<Piece> numbered() {
      if (pieces.stream().mapToInt(Piece::tagId).distinct().count() == 1) {
        return pieces;
      }
      List<Piece> numbered = new ArrayList<>();
      int number = 0;
      for (Piece piece : pieces) {
        Piece before = numbered.isEmpty() ? null : numbered.getLast();
        boolean same =
            before != null && before.type() == piece.type() && before.unit().equals(piece.unit());
        number += same ? 0 : 1;
        numbered.add(
            new Piece(
                piece.tagId(),
                number,
                piece.type(),
                piece.unit(),
                piece.fromMicros(),
                piece.toMicros()));
      }
      return numbered;
    }
  }

  /**
   * How values of a range are computed with.
   *
   * @param unit UCUM code; null: the newest
   * @throws IllegalArgumentException if they cannot be shown together, or not in that unit
   */
  public SeriesPlan plan(long from, long to, @Nullable String unit) {
    return plan(SeriesPlan.of(tag.key(), pieces, from, to, unit));
  }

  /** How stored values of a range are listed; those that cannot be converted are as stored. */
  public SeriesPlan list(long from, long to, @Nullable String unit) {
    return plan(SeriesPlan.listed(tag.key(), pieces, from, to, unit));
  }

  /**
   * The same for a further page, in the unit that was the newest at the first one.
   *
   * @param number whether the newest values were numbers then
   */
  public SeriesPlan listAsBegun(long from, long to, String unit, boolean number) {
    return plan(SeriesPlan.listedAsBegun(tag.key(), pieces, from, to, unit, number));
  }

  /** As it was when the newest of its pieces was the one with that begin. */
  public Series begunBy(long micros) {
    return new Series(tag, SeriesPlan.begunBy(pieces, micros));
  }

  private static SeriesPlan plan(SeriesPlan.Outcome outcome) {
    return switch (outcome) {
      case SeriesPlan.Planned(SeriesPlan plan) -> plan;
      case SeriesPlan.Refused(String reason) -> throw new IllegalArgumentException(reason);
    };
  }
}
