package io.linewright.testkit.exactlyonce;

/** The same, while the next records are prepared on a thread of their own. */
class PreparingAheadTest extends ExactlyOnceConsumerTest {

  @Override
  boolean ahead() {
    return true;
  }
}
