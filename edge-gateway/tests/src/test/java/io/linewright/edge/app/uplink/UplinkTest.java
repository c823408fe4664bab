package io.linewright.edge.app.uplink;

import static io.linewright.edge.app.uplink.TestPlant.COUNT;
import static io.linewright.edge.app.uplink.TestPlant.MILL;
import static io.linewright.edge.app.uplink.TestPlant.MILL_ID;
import static io.linewright.edge.app.uplink.TestPlant.count;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.linewright.edge.app.log.file.LogException;
import io.linewright.edge.app.uplink.books.DriverStatus;
import io.linewright.edge.app.uplink.link.UplinkSettings;
import io.linewright.edge.config.EdgeFile;
import io.linewright.edge.config.GatewayIdentity.Confirm;
import io.linewright.edge.config.LogSettings;
import io.linewright.edge.sparkplug.LinewrightMetrics;
import io.linewright.edge.sparkplug.MessageType;
import io.linewright.edge.sparkplug.Metric;
import io.linewright.edge.sparkplug.SparkplugTopic;
import io.linewright.model.equipment.TagName;
import io.linewright.testkit.infrastructure.TestMqtt;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way from a driver to a host, over a real broker. */
class UplinkTest {

  private static TestMqtt broker;
  private static long hostTime = 1000;

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
    bridge.online(true, ++hostTime);
  }

  @AfterEach
  void close() throws Exception {
    if (running != null) {
      running.close();
    }
    bridge.close();
    assertThat(bridge.trouble).isEmpty();
  }

  @Test
  void valuesArriveInOrderAndAreDeletedWhenConfirmed() throws Exception {
    start(TestPlant.file());
    await().until(() -> uplink().ready());
    put(0, 500);

    await().until(() -> bridge.of(COUNT.value()).size() == 500);

    assertThat(values()).isEqualTo(LongStream.range(0, 500).boxed().toList());
    assertThat(bridge.of(COUNT.value())).allMatch(s -> s.lane().equals("live") && !s.historical());
    assertThat(bridge.of(COUNT.value())).extracting(FakeBridge.Received::micros).contains(t0 + 499);
    await().untilAsserted(() -> assertThat(uplink().totals().out()).isGreaterThanOrEqualTo(500));
    assertThat(bridge.gaps).isZero();
  }

  @Test
  void birthsDescribeNodeDevicesAndTags() throws Exception {
    start(TestPlant.file());
    put(41, 42);
    await().until(() -> bridge.of(COUNT.value()).size() == 1);
    bridge.requestRebirth();

    await().until(() -> bridge.births.size() == 4);

    Metric count = metric(bridge.births.getLast().metrics(), COUNT.value());
    assertThat(count.value()).isEqualTo(41L);
    assertThat(count.properties()).containsEntry(LinewrightMetrics.ROLE, "good-count");
    Metric temperature = metric(bridge.births.getLast().metrics(), "spindle/temperature");
    assertThat(temperature.value()).isNull();
    assertThat(temperature.properties())
        .containsEntry(LinewrightMetrics.ENG_UNIT, "Cel")
        .containsEntry(LinewrightMetrics.RANGE_HIGH, 150.0)
        .containsEntry(LinewrightMetrics.SAMPLING_MS, 1000L);
    assertThat(bridge.bdSeqs).containsOnly(0L);
    assertThat(bridge.topics.get(1).address().device()).contains(MILL_ID);
    List<Metric> node = bridge.births.getFirst().metrics();
    assertThat(metric(node, "Node Control/Rebirth").value()).isEqualTo(false);
    assertThat(metric(node, "stage/log/in").properties())
        .containsEntry(LinewrightMetrics.ROLE, "stage-counter");
    assertThat(metric(node, LinewrightMetrics.LOSS).alias()).isPresent();
  }

  @Test
  @Tag("long")
  void sequenceNumbersAreOneUnbrokenCounter() throws Exception {
    start(TestPlant.file());
    for (int i = 0; i < 300; i++) {
      int from = i;
      put(from, from + 1);
      await().pollInterval(Duration.ofMillis(2)).until(() -> values().contains((long) from));
    }

    List<Integer> seqs = bridge.seqs;
    for (int i = 1; i < seqs.size(); i++) {
      assertThat(seqs.get(i)).isEqualTo((seqs.get(i - 1) + 1) & 0xFF);
    }
    assertThat(seqs).hasSizeGreaterThan(256);
  }

  @Test
  void lostMessageIsAGapThatTheEdgeFills() throws Exception {
    start(TestPlant.file());
    put(0, 10);
    await().until(() -> values().size() == 10);
    bridge.dropNext = 3;
    for (int i = 10; i < 40; i++) {
      put(i, i + 1);
      Thread.onSpinWait();
    }
    put(40, 60);

    await().until(() -> values().size() == 60);

    assertThat(values()).isEqualTo(LongStream.range(0, 60).boxed().toList());
  }

  @Test
  @Tag("long")
  void silentLossIsFilledAfterPatience() throws Exception {
    start(TestPlant.file());
    put(0, 1);
    await().until(() -> values().size() == 1);
    bridge.dropNext = 100;
    put(1, 2);
    await().until(() -> bridge.dropNext < 100);
    bridge.dropNext = 0;

    await().until(() -> values().contains(1L));

    assertThat(bridge.of(COUNT.value()).getLast().historical()).isTrue();
  }

  @Test
  void withoutBrokerValuesWaitAndTravelAsBacklog() throws Exception {
    bridge.online(false, ++hostTime); // or the gateway could be back before the host listens
    broker.stop();
    try {
      start(TestPlant.file());
      put(0, 100);
      await().until(() -> uplink().totals().in() >= 100);
    } finally {
      broker.resume();
    }
    bridge.close();
    bridge = new FakeBridge(broker.url());
    bridge.online(true, ++hostTime);

    await().until(() -> values().size() == 100);

    assertThat(values()).isEqualTo(LongStream.range(0, 100).boxed().toList());
    assertThat(bridge.of(COUNT.value()))
        .allMatch(s -> s.lane().equals("backfill") && s.historical());
    await().until(() -> uplink().unconfirmedRecords() == 0);
  }

  @Test
  void unconfirmedRecordsAreSentAgainAfterTheHostComesBack() throws Exception {
    start(TestPlant.file());
    bridge.confirming = false;
    put(0, 50);
    await().until(() -> values().size() == 50);
    bridge.online(false, ++hostTime);
    await().until(() -> bridge.topics.stream().anyMatch(t -> t.type() == MessageType.NDEATH));
    await().until(() -> !uplink().ready());
    put(50, 100);
    bridge.confirming = true;
    bridge.online(true, ++hostTime);

    await().until(() -> values().size() == 100);

    await().untilAsserted(() -> assertThat(bridge.duplicates).isPositive());
    assertThat(values()).isEqualTo(LongStream.range(0, 100).boxed().toList());
    assertThat(bridge.bdSeqs).as("said, and by the will").startsWith(0L, -1L).endsWith(1L);
  }

  @Test
  void restartGoesOnWithPositionsOrdinalsAndLastValues() throws Exception {
    start(TestPlant.file());
    bridge.confirming = false;
    put(0, 5);
    await().until(() -> values().size() == 5);
    uplink().close();
    long live = bridge.position("live");
    bridge.confirming = true;
    start(TestPlant.file());
    uplink().accept(MILL, COUNT, count(t0 + 4, 4)); // what a driver reads after its reconnect
    uplink().accept(MILL, COUNT, count(t0 + 4, 77));

    await().until(() -> values().contains(77L));

    assertThat(bridge.of(COUNT.value()).getLast().ordinal()).isEqualTo(1);
    assertThat(values()).containsExactly(0L, 1L, 2L, 3L, 4L, 77L);
    assertThat(bridge.position("live") + bridge.position("backfill")).isGreaterThan(live);
    assertThat(bridge.losses).isEmpty();
  }

  @Test
  @Tag("long")
  void hostThatKnowsMoreThanTheLogStartsANewEpoch() throws Exception {
    start(TestPlant.file());
    put(0, 3);
    await().until(() -> values().size() == 3);
    long before = bridge.epoch();
    bridge.confirm(before, 1_000_000, 0);

    await().until(() -> bridge.epoch() != before);
    put(3, 6);
    await().until(() -> values().contains(5L));

    await().until(() -> bridge.losses.stream().anyMatch(l -> l.contains("its end was lost")));
  }

  @Test
  void removedTagStaysInTheBirthUntilItsBacklogHasDrained() throws Exception {
    bridge.online(false, ++hostTime);
    start(TestPlant.file());
    put(0, 3);
    await().until(() -> uplink().totals().in() >= 3);
    uplink().close();
    start(TestPlant.file(Confirm.BRIDGE, LogSettings.DEFAULT, new TagName("spindle/temperature")));
    bridge.online(true, ++hostTime);

    await().until(() -> values().size() == 3);
    await()
        .until(
            () ->
                bridge.births.size() >= 4
                    && bridge.births.getLast().metrics().stream()
                        .noneMatch(m -> COUNT.value().equals(m.name())));
    Metric retired = metric(bridge.births.get(1).metrics(), COUNT.value());
    assertThat(retired.value()).isNull();
    assertThat(retired.properties()).containsEntry(LinewrightMetrics.ROLE, "good-count");
  }

  @Test
  @Tag("long")
  void withoutConfirmingHostRecordsAreReleasedByTime() throws Exception {
    bridge.confirming = false;
    EdgeFile file = TestPlant.file(Confirm.NONE, LogSettings.DEFAULT, COUNT);
    running =
        Uplink.builder(file, directory, settings().withKeepAlive(Duration.ofSeconds(1))).start();
    put(0, 20);

    await().until(() -> values().size() == 20);
    await().until(() -> uplink().totals().out() >= 20);
  }

  @Test
  void secondGatewayOnTheSameDirectoryIsRefused() throws Exception {
    start(TestPlant.file());

    assertThatThrownBy(() -> Uplink.builder(TestPlant.file(), directory, settings()).start())
        .isInstanceOf(LogException.class)
        .hasMessageContaining("in use by another gateway");
  }

  @Test
  void ownCountersTravelAsNodeData() throws Exception {
    running =
        Uplink.builder(TestPlant.file(), directory, settings())
            .driverStatus(() -> new DriverStatus(9, 8, 1))
            .start();

    await().until(() -> !bridge.of("stage/driver/set-aside").isEmpty());

    assertThat(bridge.of("stage/driver/in").getFirst().value()).isEqualTo(9L);
    assertThat(bridge.topics)
        .anyMatch(t -> t.type() == MessageType.NDATA && t.address().device().isEmpty());
  }

  @Test
  @Tag("long")
  void tenThousandTagsAreBorn() throws Exception {
    start(TestPlant.file(200, 50));

    await().until(() -> bridge.births.size() == 201);

    assertThat(bridge.births.stream().mapToInt(b -> b.metrics().size()).sum())
        .isGreaterThan(10_000);
    assertThat(bridge.topics.stream().map(SparkplugTopic::type).filter(MessageType.DBIRTH::equals))
        .hasSize(200);
  }

  private void start(EdgeFile file) throws LogException {
    running = Uplink.builder(file, directory, settings()).start();
  }

  private Uplink uplink() {
    return Objects.requireNonNull(running, "started");
  }

  private static UplinkSettings settings() {
    return UplinkSettings.of(broker.url());
  }

  private void put(int from, int to) throws InterruptedException {
    for (int i = from; i < to; i++) {
      uplink().accept(MILL, COUNT, count(t0 + i, i));
    }
  }

  private List<Long> values() {
    return bridge.of(COUNT.value()).stream().map(s -> (Long) s.value()).toList();
  }

  private static Metric metric(List<Metric> metrics, String name) {
    return metrics.stream().filter(m -> name.equals(m.name())).findFirst().orElseThrow();
  }
}
