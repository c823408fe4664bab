package io.linewright.edge.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SuspicionTest {

  @Test
  void recordIsSentAloneAndThenFound() {
    Suspicion suspicion = Suspicion.NONE;
    for (int i = 0; i < 3; i++) {
      assertThat(suspicion.alone()).isFalse();
      suspicion = suspicion.broke(7);
    }
    assertThat(suspicion.alone()).isTrue();
    assertThat(suspicion.verdict(0)).isEmpty();
    for (int i = 0; i < 3; i++) {
      suspicion = suspicion.broke(7);
    }
    assertThat(suspicion.verdict(0)).contains("the connection broke 6 times when it was sent");
  }

  @Test
  void progressAndAnotherOldestClearIt() {
    Suspicion suspicion = broken(Suspicion.NONE, 7, 5);

    assertThat(suspicion.progressed()).isEqualTo(Suspicion.NONE);
    assertThat(suspicion.broke(8).breaks()).isEqualTo(1);
    assertThat(suspicion.outlived().alone()).isFalse();
  }

  @Test
  void lineThatBreaksAllTheTimeDoesNotEmptyTheLog() {
    Suspicion suspicion = broken(Suspicion.NONE, 7, 6).found();
    assertThat(suspicion.position()).isZero();

    suspicion = broken(suspicion, 8, 11);
    assertThat(suspicion.verdict(0)).isEmpty();
    suspicion = suspicion.broke(8);
    assertThat(suspicion.verdict(0)).isPresent();
    for (int i = 0; i < 10; i++) {
      suspicion = suspicion.found();
    }
    assertThat(broken(suspicion, 9, 95).verdict(0)).isEmpty();
    assertThat(broken(suspicion, 9, 96).verdict(0)).isPresent();
    assertThat(suspicion.progressed().doublings()).isZero();
  }

  @Test
  void refusalsNeedNumberAndTime() {
    Suspicion suspicion = Suspicion.NONE;
    for (int i = 0; i < 10; i++) {
      suspicion = suspicion.refused(7, 1000 + i);
    }
    assertThat(suspicion.verdict(60_999)).isEmpty();
    assertThat(suspicion.verdict(61_000)).contains("the host refused it 10 times");
    assertThat(suspicion.alone()).isFalse();

    Suspicion nine = Suspicion.NONE;
    for (int i = 0; i < 9; i++) {
      nine = nine.refused(7, 0);
    }
    assertThat(nine.verdict(1_000_000)).isEmpty();
    assertThat(nine.refused(8, 5).refusals()).isEqualTo(1);
  }

  private static Suspicion broken(Suspicion from, long position, int times) {
    Suspicion suspicion = from;
    for (int i = 0; i < times; i++) {
      suspicion = suspicion.broke(position);
    }
    return suspicion;
  }
}
