package io.linewright.testkit.exactlyonce;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The same, while the next records are prepared on a thread of their own. What waits for a database
 * longest is a long test here: it takes as long as in the other class, a minute.
 */
class PreparingAheadTest extends ExactlyOnceConsumerTest {

  @Override
  boolean ahead() {
    return true;
  }

  @Override
  @Test
  @Tag("long")
  void whileTheDatabaseHangsItPausesAndStoresEverythingOnceAfterwards() throws Exception {
    super.whileTheDatabaseHangsItPausesAndStoresEverythingOnceAfterwards();
  }

  @Override
  @Test
  @Tag("long")
  void whileTheDatabaseIsFullItPausesAndStoresEverythingOnceAfterwards() throws Exception {
    super.whileTheDatabaseIsFullItPausesAndStoresEverythingOnceAfterwards();
  }

  @Override
  @Test
  @Tag("long")
  void aRecordThatAloneIsTooMuchIsSetAsideAfterSomeTriesAndHoldsNobodyUp() {
    super.aRecordThatAloneIsTooMuchIsSetAsideAfterSomeTriesAndHoldsNobodyUp();
  }
}
