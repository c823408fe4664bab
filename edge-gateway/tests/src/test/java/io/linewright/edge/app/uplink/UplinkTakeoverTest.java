package io.linewright.edge.app.uplink;

import static io.linewright.edge.app.uplink.TestPlant.COUNT;
import static io.linewright.edge.app.uplink.TestPlant.MILL;
import static io.linewright.edge.app.uplink.TestPlant.TEMPERATURE;
import static io.linewright.edge.app.uplink.TestPlant.count;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.linewright.edge.app.uplink.link.UplinkSettings;
import io.linewright.edge.config.EdgeFile;
import io.linewright.edge.config.GatewayIdentity.Confirm;
import io.linewright.edge.config.LogSettings;
import io.linewright.edge.sparkplug.Payload;
import io.linewright.model.equipment.TagName;
import io.linewright.testkit.infrastructure.TestMqtt;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The set of tags changes while the uplink runs, over a real broker. */
class UplinkTakeoverTest {

  private static final EdgeFile COUNT_ONLY = file(COUNT);
  private static final EdgeFile BOTH = file(COUNT, TEMPERATURE);
  private static final EdgeFile TEMPERATURE_ONLY = file(TEMPERATURE);

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
    assertThat(bridge.trouble).as("no data before its birth").isEmpty();
  }

  @Test
  void valuesFlowThroughMoreAndFewerTags() throws Exception {
    start(COUNT_ONLY);
    await().until(() -> uplink().ready());
    AtomicBoolean stop = new AtomicBoolean();
    CompletableFuture<Integer> sent =
        CompletableFuture.supplyAsync(
            () -> {
              int i = 0;
              for (; !stop.get(); i++) {
                put(i, i + 1);
                LockSupport.parkNanos(1_000_000);
              }
              return i;
            });
    for (int round = 0; round < 3; round++) {
      uplink().declare(BOTH);
      uplink().forget(BOTH);
      int value = round;
      uplink().accept(MILL, TEMPERATURE, count(t0 + round, value));
      await().until(() -> bridge.of(TEMPERATURE.value()).size() == value + 1);
      uplink().declare(COUNT_ONLY);
      uplink().forget(COUNT_ONLY);
      await().until(() -> !told(TEMPERATURE));
    }
    stop.set(true);
    int all = sent.get();

    await().until(() -> values(COUNT).size() == all);
    assertThat(values(COUNT)).isEqualTo(LongStream.range(0, all).boxed().toList());
    assertThat(bridge.gaps).isZero();
    assertThatThrownBy(() -> uplink().accept(MILL, TEMPERATURE, count(t0, 1)))
        .hasMessageContaining("declares no tag");
  }

  @Test
  void aTagThatComesBackBeforeItsBacklogHasDrainedGoesOnCounting() throws Exception {
    bridge.online(false, ++hostTime);
    start(BOTH);
    uplink().accept(MILL, COUNT, count(t0, 1));
    uplink().declare(TEMPERATURE_ONLY);
    uplink().forget(TEMPERATURE_ONLY);
    uplink().declare(BOTH);
    uplink().forget(BOTH);
    uplink().accept(MILL, COUNT, count(t0, 1)); // what a driver reads first
    uplink().accept(MILL, COUNT, count(t0, 2));
    uplink().forget(BOTH); // does nothing but when all that was handed in is stored
    bridge.online(true, ++hostTime);

    await().until(() -> values(COUNT).size() == 2);
    assertThat(bridge.of(COUNT.value())).extracting(s -> s.ordinal()).containsExactly(0, 1);
    assertThat(bridge.births.get(1).metrics())
        .filteredOn(m -> COUNT.value().equals(m.name()))
        .singleElement()
        .satisfies(m -> assertThat(m.value()).isEqualTo(2L));
  }

  @Test
  void whatWasHandedInBeforeATagIsGivenUpIsStored() throws Exception {
    start(BOTH);
    put(0, 5_000);
    uplink().declare(TEMPERATURE_ONLY);
    uplink().forget(TEMPERATURE_ONLY);

    await().until(() -> values(COUNT).size() == 5_000);
    await().until(() -> !told(COUNT));
    assertThat(uplink().devices().getFirst().tags()).hasSize(1);
  }

  @Test
  void theSameTagsNeedNoNewBirth() throws Exception {
    start(BOTH);
    await().until(() -> bridge.births.size() == 2);
    uplink().declare(file(TEMPERATURE, COUNT));
    uplink().forget(file(TEMPERATURE, COUNT));
    put(0, 1);
    await().until(() -> values(COUNT).size() == 1);
    bridge.requestRebirth();

    await().until(() -> bridge.births.size() >= 4);
    assertThat(bridge.births).as("only those that were asked for").hasSize(4);
  }

  private static EdgeFile file(TagName... tags) {
    return TestPlant.file(Confirm.BRIDGE, LogSettings.DEFAULT, tags);
  }

  private void start(EdgeFile file) throws Exception {
    running = Uplink.builder(file, directory, UplinkSettings.of(broker.url())).start();
  }

  private Uplink uplink() {
    return Objects.requireNonNull(running, "started");
  }

  private void put(int from, int to) {
    try {
      for (int i = from; i < to; i++) {
        uplink().accept(MILL, COUNT, count(t0 + i, i));
      }
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private List<Long> values(TagName tag) {
    return bridge.of(tag.value()).stream().map(s -> (Long) s.value()).toList();
  }

  /** Whether the newest birth of the mill tells of the tag. */
  private boolean told(TagName tag) {
    List<Payload> births = bridge.births;
    return births.getLast().metrics().stream().anyMatch(m -> tag.value().equals(m.name()))
        || births.size() % 2 == 1;
  }
}
