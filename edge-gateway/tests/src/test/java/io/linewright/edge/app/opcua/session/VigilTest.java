package io.linewright.edge.app.opcua.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class VigilTest {

  private static final Duration LIFE_SIGN = Duration.ofMillis(250);

  private final List<String> told = new ArrayList<>();
  private final CompletableFuture<Integer> answer = new CompletableFuture<>();

  @Test
  void silenceIsToldOnceWhileTheCallGoesOn() throws Exception {
    Vigil vigil =
        new Vigil(
            why -> {
              told.add(why);
              answer.completeOnTimeout(7, 1, TimeUnit.SECONDS);
            });
    vigil.over(LIFE_SIGN, () -> false);

    assertThat(ask(vigil)).isEqualTo(7);

    assertThat(told).singleElement().asString().contains("asking", "no answer yet");
  }

  @Test
  void onlyTheAnswerOfThatCallIsOld() throws Exception {
    Vigil vigil = new Vigil(why -> answer.complete(7));
    vigil.over(LIFE_SIGN, () -> false);
    List<Boolean> old = new ArrayList<>();

    ScopedValue.where(Vigil.DRIVER, vigil)
        .call(
            () -> {
              Deadlines.await("asking", answer);
              old.add(Vigil.toldInLastCall());
              Deadlines.await("asking", CompletableFuture.completedFuture(8));
              old.add(Vigil.toldInLastCall());
              return true;
            });

    assertThat(old).containsExactly(true, false);
  }

  @Test
  void serverThatIsHeardElsewhereIsNotSilent() throws Exception {
    Vigil vigil = new Vigil(told::add);
    vigil.over(LIFE_SIGN, () -> true);
    answer.completeOnTimeout(7, 1, TimeUnit.SECONDS);

    assertThat(ask(vigil)).isEqualTo(7);

    assertThat(told).isEmpty();
  }

  @Test
  void answerFromBeforeTheSilenceDoesNotHideIt() throws Exception {
    AtomicBoolean heardOnce = new AtomicBoolean(true);
    Vigil vigil =
        new Vigil(
            why -> {
              told.add(why);
              answer.complete(7);
            });
    vigil.over(LIFE_SIGN, () -> heardOnce.getAndSet(false));

    assertThat(ask(vigil)).isEqualTo(7);

    assertThat(told).hasSize(1);
  }

  @Test
  void nothingIsToldBeforeTagsHaveValues() throws Exception {
    Vigil vigil = new Vigil(told::add);
    vigil.broken();
    answer.completeOnTimeout(7, 1, TimeUnit.SECONDS);

    assertThat(ask(vigil)).isEqualTo(7);

    assertThat(told).isEmpty();
  }

  private int ask(Vigil vigil) throws Exception {
    return ScopedValue.where(Vigil.DRIVER, vigil).call(() -> Deadlines.await("asking", answer));
  }
}
