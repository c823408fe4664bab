package io.linewright.edge.log;

/**
 * How far a lane has come.
 *
 * @param confirmed highest position that the platform has for good
 * @param sent highest position sent since the last turn back, at least {@code confirmed}
 * @param appended highest position in the log
 */
public record Progress(long confirmed, long sent, long appended) {

  /** What a confirmation means for the lane. */
  public enum Meaning {
    /** The platform has more than before. */
    ADVANCED,
    /** Nothing is under way and nothing changed. */
    IDLE,
    /** The platform tells again what it told before although more is under way: it saw a gap. */
    REPEATED,
    /** Older than what is known: it overtook or was retained. */
    OUTDATED,
    /** The platform has positions that this log never gave out: the log has lost its end. */
    AHEAD_OF_LOG
  }

  /** Reads a confirmation. */
  public Meaning meaning(long position) {
    if (position > appended) {
      return Meaning.AHEAD_OF_LOG;
    }
    if (position > confirmed) {
      return Meaning.ADVANCED;
    }
    if (position < confirmed) {
      return Meaning.OUTDATED;
    }
    return sent > confirmed ? Meaning.REPEATED : Meaning.IDLE;
  }

  /** The platform has everything up to {@code position}, which was given out by this log. */
  public Progress confirm(long position) {
    return new Progress(position, Math.max(sent, position), appended);
  }

  /** A record was sent. */
  public Progress send(long position) {
    return new Progress(confirmed, position, appended);
  }

  /** A record was stored. */
  public Progress append(long position) {
    return new Progress(confirmed, sent, position);
  }

  /** Sending starts again behind the confirmed position. */
  public Progress turnBack() {
    return new Progress(confirmed, confirmed, appended);
  }

  /** Whether something was sent that is not confirmed. */
  public boolean underWay() {
    return sent > confirmed;
  }
}
