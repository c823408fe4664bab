package io.linewright.edge.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {

  @Test
  void growsByWhatIsConfirmedWhileTheQueueIsShort() {
    Pace pace = Pace.start(256).confirmed(100, 20, 2000);

    assertThat(pace.records()).isEqualTo(351); // 100 × (400 − 20) / 400
    assertThat(pace.shortestMillis()).isEqualTo(20);
  }

  @Test
  void staysAtTheTargetAndShrinksAboveIt() {
    Pace pace = Pace.start(1000).confirmed(0, 50, 2000);

    assertThat(pace.confirmed(100, 400, 2000).records()).isEqualTo(1000);
    assertThat(pace.confirmed(100, 600, 2000).records()).isEqualTo(975); // 100 × −0.5 / 2
    assertThat(pace.confirmed(100, 90_000, 2000).records()).isEqualTo(950);
  }

  @Test
  void longWaysHaveALongTarget() {
    Pace satellite = Pace.start(256).confirmed(10, 700, 2000);

    assertThat(satellite.shortestMillis()).isEqualTo(700);
    assertThat(satellite.confirmed(100, 1400, 2000).records())
        .isGreaterThan(satellite.records()); // target 2,100 ms
    assertThat(satellite.confirmed(100, 3000, 2000).records()).isLessThan(satellite.records());
  }

  @Test
  void keepsItsBounds() {
    Pace pace = Pace.start(1);
    assertThat(pace.records()).isEqualTo(Pace.LEAST);
    for (int i = 0; i < 100; i++) {
      pace = pace.confirmed(500, 10, 2000);
    }
    assertThat(pace.records()).isEqualTo(2000);
    for (int i = 0; i < 100; i++) {
      pace = pace.confirmed(500, 60_000, 2000);
    }
    assertThat(pace.records()).isEqualTo(Pace.LEAST);
    assertThat(Pace.start(64).confirmed(500, 10, 16).records()).isEqualTo(Pace.LEAST);
  }

  /** A way that carries so many records per second: the queue on it comes to rest at the target. */
  @Test
  void settlesWhereTheQueueIsAsLongAsWelcome() {
    Pace pace = Pace.start(256).confirmed(0, 60, 100_000);
    double perMilli = 1.5;
    for (int i = 0; i < 300; i++) {
      long millis = Math.max(60, Math.round(pace.records() / perMilli));
      pace = pace.confirmed(100, millis, 100_000);
    }
    assertThat(pace.records() / perMilli).isBetween(380.0, 420.0);
  }
}
