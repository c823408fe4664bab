package io.linewright.oee.exchange;

/** What a document wants of the orders in it: the transactions of ISA-95 part 5. */
public enum Verb {
  /** Make these orders; what exists already becomes as it is said here, in full. */
  PROCESS(Effect.SET),
  /** Change of these orders what is said here, and leave the rest. */
  CHANGE(Effect.CHANGE),
  /** Do not make these orders. */
  CANCEL(Effect.CANCEL),
  /** The sender has new orders. */
  SYNC_ADD(Effect.SET),
  /** The sender changed orders. */
  SYNC_CHANGE(Effect.CHANGE),
  /** The sender has these orders no more. */
  SYNC_DELETE(Effect.CANCEL);

  /** What happens to an order. */
  public enum Effect {
    /** It is as said, whether it existed or not. */
    SET,
    /** It must exist, and becomes in part as said. */
    CHANGE,
    /** It must exist, and is cancelled. */
    CANCEL
  }

  private final Effect effect;

  Verb(Effect effect) {
    this.effect = effect;
  }

  /** What happens to each order. */
  public Effect effect() {
    return effect;
  }
}
