package io.linewright.edge.host.ledger;

/**
 * How far one lane of one log has been carried, and the rule by which records are taken over.
 *
 * <p>A record is taken over when nothing is missing before it: {@code previous <= last < position}.
 * While a lane has never been carried, nobody but the gateway knows where it begins; a record with
 * a predecessor is then refused until it has come back {@value #SIGHTS} times as the lowest one:
 * the gateway re-sends from its oldest record, so that is where its log begins now.
 *
 * @param last highest position taken over; 0 for none
 * @param awaited lowest position refused so far in a lane that has not begun; 0 for none
 * @param sights how often that one was refused
 */
public record LanePosition(long last, long awaited, int sights) {

  /** Nothing taken over. */
  public static final LanePosition START = new LanePosition(0, 0, 0);

  /** Times that the lowest record is refused before a new lane begins with it. */
  public static final int SIGHTS = 2;

  /** What becomes of a record. */
  public enum Verdict {
    /** Taken over. */
    ACCEPTED,
    /** Taken over as the first of a lane whose begin was lost before: a loss of unknown size. */
    ACCEPTED_AFTER_LOSS,
    /** Had been taken over before: dropped, and confirmed again. */
    DUPLICATE,
    /** Something before it is missing: dropped; the gateway re-sends. */
    GAP
  }

  /**
   * @param verdict what becomes of the record
   * @param lane the lane after it
   */
  public record Judgement(Verdict verdict, LanePosition lane) {}

  /** A lane that was carried up to a position. */
  public static LanePosition at(long last) {
    return new LanePosition(last, 0, 0);
  }

  /**
   * Judges one record.
   *
   * @param previous position of the record before it in its lane, 0 for none
   * @param position its own position, above {@code previous}
   */
  public Judgement judge(long previous, long position) {
    if (position <= last) {
      return new Judgement(Verdict.DUPLICATE, this);
    }
    if (previous <= last) {
      return new Judgement(Verdict.ACCEPTED, at(position));
    }
    if (last > 0) {
      return new Judgement(Verdict.GAP, this);
    }
    if (position == awaited && sights >= SIGHTS) {
      return new Judgement(Verdict.ACCEPTED_AFTER_LOSS, at(position));
    }
    return new Judgement(Verdict.GAP, refused(position));
  }

  private LanePosition refused(long position) {
    if (awaited == 0 || position < awaited) {
      return new LanePosition(0, position, 1);
    }
    return position == awaited ? new LanePosition(0, position, sights + 1) : this;
  }
}
