package io.linewright.kit.outbox;

import java.time.Instant;

/**
 * What the relay of the outbox is doing, for health and operators.
 *
 * @param condition its named state
 * @param detail what happened; empty while all is well
 * @param since when it entered this state
 */
public record RelayState(Condition condition, String detail, Instant since) {

  /** Named states. */
  public enum Condition {
    /** Not yet started. */
    STARTING(Kind.WELL),
    /** Sends, or waits for events. */
    RUNNING(Kind.WELL),
    /** Another process of the service sends. */
    STANDBY(Kind.WELL),
    /** The database does not answer or refuses; tried again. */
    DATABASE_UNAVAILABLE(Kind.WAITING),
    /** Kafka does not answer; tried again. */
    KAFKA_UNAVAILABLE(Kind.WAITING),
    /**
     * An event cannot be sent: a right is missing, it is too large, or it cannot be read. Tried
     * again, but nothing behind it goes out until somebody mends that.
     */
    REFUSED(Kind.STOPPED),
    /** It has ended by an unexpected error; only a restart mends that. */
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

    /** Whether somebody has to do something before it goes on. */
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
