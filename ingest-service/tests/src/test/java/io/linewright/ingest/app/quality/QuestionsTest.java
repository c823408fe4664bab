package io.linewright.ingest.app.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.kit.problem.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;

class QuestionsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-31T12:00:00Z"));
  private final Questions questions = new Questions(now::get, Duration.ofMillis(50));
  private final Questions patient = new Questions(now::get, Duration.ofMinutes(1));

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

  @Test
  void aQuestionWaitsForAPlace() throws Exception {
    AtomicInteger answer = new AtomicInteger();
    Thread third = new Thread(() -> answer.set(patient.<Integer>ask(limit -> 3)));
    patient.ask(
        one ->
            patient.<Integer>ask(
                two -> {
                  third.start();
                  Awaitility.await()
                      .atMost(PATIENCE)
                      .until(third::getState, state -> state == Thread.State.TIMED_WAITING);
                  assertThat(answer).as("while both places are taken").hasValue(0);
                  return 2;
                }));
    assertThat(third.join(PATIENCE)).isTrue();
    assertThat(answer).hasValue(3);
  }

  @Test
  void whoIsStoppedWhileWaitingIsRefused() {
    assertThatThrownBy(
            () ->
                patient.ask(
                    one ->
                        patient.ask(
                            two -> {
                              Thread.currentThread().interrupt();
                              return patient.ask(three -> 3);
                            })))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("ask again");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(patient.<Integer>ask(one -> patient.ask(two -> 2))).isEqualTo(2);
  }
}
