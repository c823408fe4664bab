package io.linewright.kit.exactlyonce;

/** Going on would skip or repeat records: the consumer stops until somebody decides. */
final class NamedStopException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ConsumerState.Condition condition;

  NamedStopException(ConsumerState.Condition condition, String message) {
    super(message);
    this.condition = condition;
  }

  ConsumerState.Condition condition() {
    return condition;
  }
}
