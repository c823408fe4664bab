package io.linewright.ingest.rollup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is read of one tag to see a stretch of time as it is: roll-ups where they are whole and up
 * to date, the next lower level elsewhere, in the end the samples themselves.
 */
public final class ReadPlan {

  /**
   * Most pieces. A plan with more would ask the database more often than it saves: then all is read
   * as samples.
   */
  static final int MOST_PIECES = 500;

  /** Buckets that are out of date. */
  public record Mark(Level level, int from, int to) {

    private long fromMicros() {
      return level.startOf(from);
    }

    private long toMicros() {
      return level.startOf(to);
    }
  }

  /**
   * A stretch of time that is read in one way.
   *
   * @param level the roll-ups to read, whose buckets it is made up of; empty: the samples
   * @param fromMicros begin, microseconds since the epoch
   * @param toMicros end, not included
   */
  public record Piece(Optional<Level> level, long fromMicros, long toMicros) {}

  private final List<Mark> marks;
  private final List<Piece> pieces = new ArrayList<>();

  private ReadPlan(List<Mark> marks) {
    this.marks = marks;
  }

  /**
   * The pieces, ascending and without gaps.
   *
   * @param level highest level that may be read
   * @param fromMicros begin, microseconds since the epoch
   * @param toMicros end, later
   * @param marks all marks of the tag that overlap the time, of this level and those below
   */
  public static List<Piece> of(Level level, long fromMicros, long toMicros, List<Mark> marks) {
    ReadPlan plan = new ReadPlan(marks);
    plan.read(Optional.of(level), fromMicros, toMicros);
    return plan.pieces.size() > MOST_PIECES
        ? List.of(new Piece(Optional.empty(), fromMicros, toMicros))
        : List.copyOf(plan.pieces);
  }

  private void read(Optional<Level> wanted, long from, long to) {
    if (from >= to) {
      return;
    }
    if (wanted.isEmpty()) {
      add(new Piece(wanted, from, to));
      return;
    }
    Level level = wanted.get();
    long inner = Math.ceilDiv(from, level.micros()) * level.micros();
    long behind = Math.floorDiv(to, level.micros()) * level.micros();
    if (inner >= behind) {
      read(level.lower(), from, to);
      return;
    }
    read(level.lower(), from, inner);
    clean(level, inner, behind);
    read(level.lower(), behind, to);
  }

  private void clean(Level level, long from, long to) {
    long next = from;
    for (BucketRange dirty : dirty(level, from, to)) {
      if (next < level.startOf(dirty.from())) {
        add(new Piece(Optional.of(level), next, level.startOf(dirty.from())));
      }
      next = level.startOf(dirty.to());
      read(level.lower(), level.startOf(dirty.from()), next);
    }
    if (next < to) {
      add(new Piece(Optional.of(level), next, to));
    }
  }

  /** Buckets of the level between two of its bounds that are marked, or something below them is. */
  private List<BucketRange> dirty(Level level, long from, long to) {
    List<BucketRange> dirty = new ArrayList<>();
    for (Mark mark : marks) {
      if (mark.level().compareTo(level) <= 0 && mark.fromMicros() < to && mark.toMicros() > from) {
        dirty.add(
            new BucketRange(
                0,
                level.numberOf(Math.max(from, mark.fromMicros())),
                level.numberOf(Math.min(to, mark.toMicros()) - 1) + 1));
      }
    }
    return BucketRange.merged(dirty);
  }

  private void add(Piece piece) {
    Piece last = pieces.isEmpty() ? null : pieces.getLast();
    if (last != null && last.level().equals(piece.level())) {
      pieces.set(pieces.size() - 1, new Piece(last.level(), last.fromMicros(), piece.toMicros()));
    } else {
      pieces.add(piece);
    }
  }
}
