package io.linewright.ingest.app.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.kit.problem.RefusedException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;

class QuestionsTest {

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-31T12:00:00Z"));
  private final Questions questions = new Questions(now::get);

  @Test
  void aQuestionThatReadsForTooLongIsBrokenOff() {
    assertThat(questions.<Integer>ask(limit -> limit.seconds())).isEqualTo(20);
    assertThatThrownBy(
            () ->
                questions.ask(
                    limit -> {
                      now.updateAndGet(time -> time.plus(20, ChronoUnit.SECONDS));
                      return limit.seconds();
                    }))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("within 20 s");
  }

  @Test
  void aQueryThatTheDatabaseCancelsIsTooSlow() {
    assertThatThrownBy(
            () ->
                questions.ask(
                    limit -> {
                      throw new QueryTimeoutException("canceling statement");
                    }))
        .isInstanceOf(RefusedException.class)
        .hasCauseInstanceOf(QueryTimeoutException.class);
  }

  @Test
  void onlySoManyAreAnsweredAtATime() {
    assertThatThrownBy(() -> questions.ask(one -> questions.ask(two -> questions.ask(three -> 3))))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("ask again");
    assertThat(questions.<Integer>ask(one -> questions.ask(two -> 2))).isEqualTo(2);
  }
}
