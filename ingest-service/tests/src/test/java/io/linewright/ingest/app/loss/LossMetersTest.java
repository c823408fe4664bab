package io.linewright.ingest.app.loss;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.model.event.SamplesLost;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LossMetersTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final LossMeters meters = new LossMeters(registry);

  @Test
  void theCounterForAlertsIsThereBeforeTheFirstLoss() {
    assertThat(registry.get("linewright.losses").counter().count()).isZero();
  }

  @Test
  void lossesAreCountedByWhatTheirReasonsHaveInCommon() {
    meters.told(
        List.of(
            loss(12L, "the log was full"),
            loss(null, "the log was full"),
            loss(3L, "records before position 17 of lane live were confirmed"),
            loss(4L, "records before position 18 of lane live were confirmed"),
            loss(5L, "a record could not be sent and was set aside: 12 bytes too many")));

    assertThat(registry.get("linewright.losses").counter().count()).isEqualTo(5);
    assertThat(lost("the log was full")).isEqualTo(12);
    assertThat(lost("records before position # of lane live were confirmed")).isEqualTo(7);
    assertThat(lost("a record could not be sent and was set aside")).isEqualTo(5);
  }

  @Test
  void sentencesWithoutEndMakeNoMetricsWithoutEnd() {
    List<SamplesLost> many = new ArrayList<>();
    for (char letter = 'a'; letter <= 'z'; letter++) {
      many.add(loss(1L, "reason " + letter));
    }
    meters.told(many);

    assertThat(registry.find("linewright.samples.lost").counters())
        .hasSize(LossMeters.MAX_REASONS + 1);
    assertThat(lost("others")).isEqualTo(26 - LossMeters.MAX_REASONS);
    assertThat(registry.get("linewright.losses").counter().count()).isEqualTo(26);
  }

  private double lost(String reason) {
    return registry.get("linewright.samples.lost").tag("reason", reason).counter().count();
  }

  private static SamplesLost loss(@Nullable Long count, String reason) {
    return new SamplesLost("acme/graz/mill", Instant.EPOCH, Instant.EPOCH, count, reason);
  }
}
