package io.linewright.kit.exactlyonce;

import java.time.Instant;

/**
 * What a consumer is doing, for health and operators.
 *
 * @param condition its named state
 * @param detail what happened and what to do; empty while all is well
 * @param since when it entered this state
 */
public record ConsumerState(Condition condition, String detail, Instant since) {

  /** Named states. */
  public enum Condition {
    /** Not yet started. */
    STARTING(Kind.WELL),
    /** Works, or waits for records. */
    RUNNING(Kind.WELL),
    /** The topic does not exist (yet). */
    TOPIC_MISSING(Kind.WAITING),
    /** The database does not answer or refuses; consumption pauses and tries again. */
    DATABASE_UNAVAILABLE(Kind.WAITING),
    /** Kafka does not answer or refuses; tried again. */
    KAFKA_UNAVAILABLE(Kind.WAITING),
    /** The quarantine is at its bound; consumption pauses until somebody makes room. */
    QUARANTINE_FULL(Kind.WAITING),
    /** The topic was deleted and made again: its offsets mean other records now. */
    TOPIC_RECREATED(Kind.STOPPED),
    /** Records that were not yet processed have fallen to the topic's retention. */
    RETENTION_LOST(Kind.STOPPED),
    /** The topic ends before the offset already processed: Kafka has lost records. */
    OFFSET_BEYOND_END(Kind.STOPPED),
    /** Another process with the same instance name has taken over. */
    FENCED(Kind.STOPPED),
    /** An error that this program does not know how to treat. */
    FAILED(Kind.STOPPED),
    /** Stopped in an orderly way. */
    STOPPED(Kind.WELL);

    private final Kind kind;

    Condition(Kind kind) {
      this.kind = kind;
    }

    /** Whether it goes on by itself as soon as the cause is gone. */
    public boolean waiting() {
      return kind == Kind.WAITING;
    }

    /** Whether somebody has to decide before it goes on. */
    public boolean needsDecision() {
      return kind == Kind.STOPPED;
    }
  }

  private enum Kind {
    WELL,
    WAITING,
    STOPPED
  }
}
