package io.linewright.kit.exactlyonce;

/** The handler cannot go on now, but later: the consumer pauses with a named state and retries. */
public final class PauseRequestedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ConsumerState.Condition condition;

  public PauseRequestedException(ConsumerState.Condition condition, String message) {
    super(message);
    this.condition = condition;
  }

  ConsumerState.Condition condition() {
    return condition;
  }
}
