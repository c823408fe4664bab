package io.linewright.edge.app.uplink;

import static io.linewright.edge.app.uplink.TestPlant.COUNT;
import static io.linewright.edge.app.uplink.TestPlant.MILL;
import static io.linewright.edge.app.uplink.TestPlant.TEMPERATURE;
import static io.linewright.edge.app.uplink.TestPlant.count;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linewright.edge.app.uplink.link.UplinkSettings;
import io.linewright.edge.config.GatewayIdentity.Confirm;
import io.linewright.edge.config.LogSettings;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.testkit.infrastructure.TestMqtt;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that cannot be sent, clocks that jump, disks that are full: the rest goes on. */
class UplinkFaultTest {

  private static final String POISON = "POISON-PACKET";

  private static TestMqtt broker;
  private static long hostTime = 1000;

  @TempDir Path directory;
  private FakeBridge bridge;
  private PoisonLine line;
  private @Nullable Uplink running;
  private volatile Duration clockError = Duration.ZERO;
  private final InstantSource clock = () -> Instant.now().plus(clockError);
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
    bridge.online(true, ++hostTime);
    line = new PoisonLine(broker.port(), POISON);
  }

  @AfterEach
  void close() throws Exception {
    if (running != null) {
      running.close();
    }
    line.close();
    bridge.close();
    assertThat(bridge.trouble).isEmpty();
  }

  @Test
  void recordThatEndsEveryConnectionIsSetAsideAndTheRestGoesOn() throws Exception {
    start(UplinkSettings.of(line.url()));
    await().until(() -> uplink().ready());
    put(0, 10);
    await().until(() -> values().size() == 10);
    uplink().accept(MILL, TEMPERATURE, poison());
    put(10, 20);

    await().atMost(Duration.ofMinutes(1)).until(() -> uplink().setAsideRecords() == 1);
    put(20, 30);
    await().atMost(Duration.ofMinutes(1)).until(() -> values().size() == 30);

    assertThat(values()).isEqualTo(LongStream.range(0, 30).boxed().toList());
    assertThat(line.breaks.get()).isBetween(6, 8);
    await().until(() -> !bridge.losses.isEmpty());
    assertThat(bridge.losses)
        .singleElement()
        .asString()
        .contains("set aside: the connection broke 6 times", "\"count\":1", TEMPERATURE.value());
    assertThat(bridge.of(TEMPERATURE.value())).isEmpty();
    await().until(() -> uplink().unconfirmedRecords() == 0);
  }

  @Test
  void clockSetAheadByAYearLosesNoBacklog() throws Exception {
    line.open = false;
    start(UplinkSettings.of(line.url()));
    put(0, 50);
    await().until(() -> uplink().totals().in() >= 50);
    clockError = Duration.ofDays(365);
    put(50, 60);
    await().until(() -> uplink().totals().in() >= 60);
    line.open = true;

    await().atMost(Duration.ofMinutes(1)).until(() -> values().size() == 60);
    assertThat(values()).isEqualTo(LongStream.range(0, 60).boxed().toList());
    assertThat(uplink().totals().lost()).isZero();
    assertThat(bridge.losses).isEmpty();
  }

  @Test
  void clockSetBackByADayHoldsNothingUp() throws Exception {
    start(UplinkSettings.of(line.url()));
    put(0, 5);
    await().until(() -> values().size() == 5);
    clockError = Duration.ofDays(-1);
    bridge.dropNext = 1; // is sent again by time, which must not wait for a day
    put(5, 6);
    await().until(() -> bridge.dropNext == 0);
    await().until(() -> values().size() == 6);

    line.open = false; // the next attempt to connect must not wait for a day either
    uplink().accept(MILL, TEMPERATURE, poison());
    await().until(() -> !uplink().ready());
    line.open = true;
    await().atMost(Duration.ofMinutes(2)).until(() -> uplink().ready());
  }

  @Test
  void fullDiskCostsTheOldestAndTellsIt() throws Exception {
    line.open = false;
    UplinkSettings greedy = UplinkSettings.of(line.url()).withDiskReserve(Long.MAX_VALUE / 4);
    start(greedy);
    for (int i = 0; i < 40; i++) {
      put(i * 1000, (i + 1) * 1000);
    }
    await().until(() -> uplink().totals().lost() > 0);
    assertThat(uplink().running()).isTrue();
    line.open = true;

    await().atMost(Duration.ofMinutes(1)).until(() -> !bridge.losses.isEmpty());
    assertThat(bridge.losses)
        .anyMatch(l -> l.contains("the log was full") || l.contains("no room for the log"));
    assertThat(bridge.losses).allMatch(l -> l.contains("\"count\":"));
  }

  private void start(UplinkSettings settings) throws Exception {
    running =
        Uplink.builder(
                TestPlant.file(Confirm.BRIDGE, LogSettings.DEFAULT, COUNT, TEMPERATURE),
                directory,
                settings)
            .clock(clock)
            .start();
  }

  private Uplink uplink() {
    return Objects.requireNonNull(running, "started");
  }

  private Sample poison() {
    return new Sample(SampleValue.of(POISON), StatusCode.GOOD, t0 + 9, 0);
  }

  private void put(int from, int to) throws InterruptedException {
    for (int i = from; i < to; i++) {
      uplink().accept(MILL, COUNT, count(t0 + i, i));
    }
  }

  private List<Long> values() {
    return bridge.of(COUNT.value()).stream().map(s -> (Long) s.value()).toList();
  }
}
