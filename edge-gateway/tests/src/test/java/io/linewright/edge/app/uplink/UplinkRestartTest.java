package io.linewright.edge.app.uplink;

import static io.linewright.edge.app.uplink.TestPlant.COUNT;
import static io.linewright.edge.app.uplink.TestPlant.MILL;
import static io.linewright.edge.app.uplink.TestPlant.count;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linewright.edge.app.uplink.link.UplinkSettings;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.StatusCode;
import io.linewright.testkit.infrastructure.TestMqtt;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway that starts again asks its servers anew, and is told once more what it knows. */
class UplinkRestartTest {

  private static TestMqtt broker;

  @TempDir Path directory;
  private FakeBridge bridge;
  private @Nullable Uplink running;
  private final long t0 = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());

  @BeforeAll
  static void startBroker() {
    broker = TestMqtt.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void connect() throws Exception {
    bridge = new FakeBridge(broker.url());
    bridge.online(true, 1000);
  }

  @AfterEach
  void close() throws Exception {
    uplink().close();
    bridge.close();
    assertThat(bridge.trouble).isEmpty();
  }

  @ParameterizedTest(name = "confirmed by the platform before: {0}")
  @ValueSource(booleans = {true, false})
  void whatTheMachineSaysOnceMoreAfterMarkAndConfirmationIsARepeat(boolean confirmed)
      throws Exception {
    bridge.confirming = confirmed;
    start();
    uplink().accept(MILL, COUNT, count(t0, 7));
    uplink().made(MILL, COUNT, mark(t0 + 20));
    uplink().made(MILL, COUNT, count(t0 + 30, 7));
    await().until(() -> bridge.of(COUNT.value()).size() == 3);
    if (confirmed) {
      await().until(() -> uplink().unconfirmedRecords() == 0);
    }
    uplink().close();
    bridge.confirming = true;
    start();
    uplink().accept(MILL, COUNT, count(t0, 7));
    uplink().accept(MILL, COUNT, count(t0 + 40, 8));

    await().until(() -> Objects.equals(bridge.of(COUNT.value()).getLast().value(), 8L));
    assertThat(bridge.of(COUNT.value()))
        .extracting(FakeBridge.Received::micros)
        .containsExactly(t0, t0 + 20, t0 + 30, t0 + 40);
  }

  @Test
  void alsoWhenTheMarkStillStandsAfterSeveralRestarts() throws Exception {
    start();
    uplink().accept(MILL, COUNT, count(t0, 7));
    uplink().made(MILL, COUNT, mark(t0 + 20));
    for (int restart = 1; restart <= 3; restart++) {
      await().until(() -> uplink().ready() && uplink().unconfirmedRecords() == 0);
      uplink().close();
      start();
      uplink().accept(MILL, COUNT, count(t0, 7));
    }
    uplink().made(MILL, COUNT, count(t0 + 30, 7));
    await().until(() -> bridge.of(COUNT.value()).size() >= 3);
    assertThat(bridge.of(COUNT.value()))
        .extracting(FakeBridge.Received::micros)
        .containsExactly(t0, t0 + 20, t0 + 30);
  }

  @Test
  void anotherValueOfTheSameInstantIsNone() throws Exception {
    start();
    uplink().accept(MILL, COUNT, count(t0, 7));
    uplink().made(MILL, COUNT, mark(t0 + 20));
    await().until(() -> uplink().ready() && uplink().unconfirmedRecords() == 0);
    uplink().close();
    start();
    uplink().accept(MILL, COUNT, count(t0, 8));

    await().until(() -> bridge.of(COUNT.value()).size() == 3);
    assertThat(bridge.of(COUNT.value()).getLast().ordinal()).isOne();
  }

  private static Sample mark(long micros) {
    return new Sample(null, StatusCode.BAD_NO_COMMUNICATION, micros, 0);
  }

  private void start() throws Exception {
    running = Uplink.builder(TestPlant.file(), directory, UplinkSettings.of(broker.url())).start();
  }

  private Uplink uplink() {
    return Objects.requireNonNull(running, "started");
  }
}
