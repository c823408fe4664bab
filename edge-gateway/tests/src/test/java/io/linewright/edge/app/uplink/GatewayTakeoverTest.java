package io.linewright.edge.app.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linewright.edge.app.EdgeDrivers;
import io.linewright.edge.app.driver.DriverStatus;
import io.linewright.edge.app.reload.FileStatus;
import io.linewright.edge.app.reload.FileTakeover;
import io.linewright.edge.app.reload.GatewayFile;
import io.linewright.edge.app.reload.TakesFile;
import io.linewright.edge.app.uplink.link.UplinkSettings;
import io.linewright.edge.app.wire.Sent;
import io.linewright.edge.app.wire.WireTap;
import io.linewright.edge.health.HealthTags;
import io.linewright.testkit.infrastructure.TestMqtt;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway with real drivers, log and broker, whose file changes while values flow. */
class GatewayTakeoverTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String SAW_1 = "packaging:line-1:saw-1";
  private static final String SAW_2 = "packaging:line-1:saw-2";
  private static final WireTap TAP = new WireTap();
  private static TestMqtt broker;
  private static long hostTime = 1000;

  @TempDir Path directory;
  private final List<AutoCloseable> open = new ArrayList<>();
  private FakeBridge host;
  private CountingPlc a;
  private CountingPlc b;
  private Path path;
  private @Nullable Uplink uplink;
  private @Nullable EdgeDrivers drivers;
  private @Nullable FileTakeover takeover;
  private @Nullable TakesFile last;

  @BeforeAll
  static void startBroker() {
    broker = TestMqtt.start(TAP);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void startPlant() throws Exception {
    TAP.clear();
    host = new FakeBridge(broker.url());
    host.online(true, ++hostTime);
    a = new CountingPlc();
    b = new CountingPlc();
    path = directory.resolve("edge.yaml");
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open.reversed()) {
      one.close();
    }
    await().atMost(PATIENCE).until(() -> TAP.gone("linewright-acme-graz-gw-1"));
    host.close();
    a.close();
    b.close();
    assertThat(host.trouble).isEmpty();
  }

  @Test
  void aTagIsAddedAndTheOtherConnectionNoticesNothing() throws Exception {
    start(connection("a", a), connection("b", b), saw(1, "a", "count:0"), saw(2, "b", "count:0"));
    await().atMost(PATIENCE).until(() -> values(SAW_1, "count").size() > 5);

    take(
        connection("a", a),
        connection("b", b),
        saw(1, "a", "count:0"),
        saw(2, "b", "count:0", "speed:7"));

    assertThat(status()).extracting(s -> s.taken()).isEqualTo(1L);
    await().atMost(PATIENCE).until(() -> values(SAW_2, "speed").equals(List.of(7L)));
    int sofar = values(SAW_1, "count").size();
    await().atMost(PATIENCE).until(() -> values(SAW_1, "count").size() > sofar + 5);
    drivers().close();
    assertEverythingArrived();
    assertThat(a.connections).hasValue(1);
    assertThat(b.connections).hasValue(2);
    assertOrderInEachLane(SAW_1, "count");
    assertOrderInEachLane(SAW_2, "count");
    assertThat(values(SAW_2, "count")).doesNotHaveDuplicates();
    assertThat(host.samples).as("nothing is Bad").noneMatch(s -> s.status() < 0);
    assertBirthsBeforeData();
  }

  @Test
  void aDeviceThatIsGoneIsToldUntilItsBacklogHasDrained() throws Exception {
    host.online(false, ++hostTime);
    start(connection("a", a), connection("b", b), saw(1, "a", "count:0"), saw(2, "b", "count:0"));
    await().atMost(PATIENCE).until(() -> b.told.size() > 10 && uplink().totals().in() > 20);

    take(connection("a", a), saw(1, "a", "count:0"));
    int told = b.told.size();
    assertThat(drivers().status()).extracting(DriverStatus::connection).containsExactly("a");
    assertThat(drivers().totals().in()).as("books go on").isGreaterThan(told - 2);
    host.online(true, ++hostTime);

    await().atMost(PATIENCE).until(() -> values(SAW_2, "count").size() >= told - 1);
    List<Long> arrived = values(SAW_2, "count");
    assertThat(arrived).isEqualTo(b.told.subList(0, arrived.size()));
    await().atMost(PATIENCE).until(() -> sent().stream().anyMatch(m -> m.type().equals("DDEATH")));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(bornSinceTheLastNodeBirth()).contains(SAW_1).doesNotContain(SAW_2));
    drivers().close();
    assertEverythingArrived();
    assertBirthsBeforeData();
  }

  @Test
  void aSilentDeviceMovesToAConnectionThatWorks() throws Exception {
    start(connection("a", a), connection("b", b), saw(1, "a", "speed:7"), saw(2, "b", "count:0"));
    await().atMost(PATIENCE).until(() -> values(SAW_1, "speed").equals(List.of(7L)));
    a.close();
    await().atMost(PATIENCE).until(() -> lastStatus(SAW_1, "speed") < 0);
    Path mark = directory.resolve("data/drivers/a.silent");
    assertThat(mark).exists();

    take(connection("b", b), saw(1, "b", "speed:7"), saw(2, "b", "count:0"));

    await().atMost(PATIENCE).until(() -> lastStatus(SAW_1, "speed") == 0);
    assertThat(host.of("speed"))
        .as("good after the mark, also by its time")
        .isSortedAccordingTo((x, y) -> Long.compare(x.micros(), y.micros()));
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(mark.resolveSibling("b.silent")).doesNotExist());
    assertThat(mark).doesNotExist();
  }

  @Test
  void aWrongFileIsRefusedWithItsLinesAndTheOldOneRunsOn() throws Exception {
    String[] right = {connection("a", a), saw(1, "a", "count:0")};
    start(right);
    await().atMost(PATIENCE).until(() -> !values(SAW_1, "count").isEmpty());
    String hash = status().hash();

    take(connection("a", a), saw(1, "a", "count:x"), saw(2, "no", "count:0"));

    assertThat(status().refused()).isEqualTo(1);
    assertThat(status().hash()).isEqualTo(hash);
    assertThat(status().problems())
        .anySatisfy(p -> assertThat(p).startsWith(path + ":10: devices[0].tags[0].register: "))
        .anySatisfy(p -> assertThat(p).startsWith(path + ":12: devices[1].connection: "));

    Files.writeString(path, text(right).replace("gw-1", "gw-2") + "log: {max-age: 1d}\n");
    look();
    assertThat(status().refused()).isEqualTo(2);
    assertThat(status().problems())
        .containsExactly(
            path
                + ":2: gateway.node: cannot change while the gateway runs;"
                + " restart the gateway, or take the change back",
            path
                + ":11: log.max-age: cannot change while the gateway runs;"
                + " restart the gateway, or take the change back");

    Files.delete(path);
    look();
    assertThat(status().problems()).singleElement().asString().contains("does not exist");
    write(right);
    look();
    assertThat(status().problems()).as("what is in force is no mistake").isEmpty();
    assertThat(status().taken()).isZero();
    drivers().close();
    assertEverythingArrived();
    assertThat(a.connections).hasValue(1);
  }

  @Test
  void aFileThatIsBeingWrittenIsLeftAlone() throws Exception {
    start(connection("a", a), saw(1, "a", "count:0"));
    String text = text(connection("a", a), saw(1, "a", "count:0", "speed:7"));

    Files.writeString(path, text.substring(0, text.length() / 2));
    takeover().look();
    Files.writeString(path, text);
    takeover().look();
    assertThat(status().taken() + status().refused()).isZero();
    takeover().look();

    assertThat(status().taken()).isEqualTo(1);
    await().atMost(PATIENCE).until(() -> values(SAW_1, "speed").equals(List.of(7L)));
  }

  @Test
  void whatCannotBePutInForceIsTakenBackAndTriedAgain() throws Exception {
    start(connection("a", a), saw(1, "a", "count:0"));
    await().atMost(PATIENCE).until(() -> !values(SAW_1, "count").isEmpty());
    last =
        file -> {
          if (file.connections().size() > 1) {
            throw new IOException("not today");
          }
        };

    take(connection("a", a), connection("b", b), saw(1, "a", "count:0"), saw(2, "b", "count:0"));

    assertThat(status().problems()).singleElement().asString().contains("not today");
    assertThat(status().broken()).isFalse();
    assertThat(drivers().status()).extracting(DriverStatus::connection).containsExactly("a");
    assertThat(uplink().devices()).hasSize(1);
    last = null;
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              takeover().look();
              return status().problems().isEmpty();
            });
    await().atMost(PATIENCE).until(() -> !values(SAW_2, "count").isEmpty());
    assertThat(a.connections).hasValue(1);
    drivers().close();
    assertEverythingArrived();
  }

  @Test
  @Tag("long")
  void aHundredTakeoversLeakNothing() throws Exception {
    String[] one = {connection("a", a), connection("b", b), saw(1, "a", "count:0")};
    String[] other = {
      connection("a", a), connection("b", b), saw(1, "a", "count:0"), saw(2, "b", "count:0")
    };
    start(one);
    int threads = 0;
    long sockets = 0;
    for (int round = 0; round < 50; round++) {
      take(other);
      int before = b.told.size();
      await().atMost(PATIENCE).until(() -> b.told.size() > before + 1);
      take(one);
      if (round == 4) {
        threads = ManagementFactory.getThreadMXBean().getThreadCount();
        sockets = sockets();
      }
    }
    assertThat(status().taken()).isEqualTo(100);
    int most = threads + 3;
    long mostSockets = sockets + 3;
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(ManagementFactory.getThreadMXBean().getThreadCount())
                  .isLessThanOrEqualTo(most);
              assertThat(sockets()).isLessThanOrEqualTo(mostSockets);
            });
    assertThat(a.connections).hasValue(1);
    drivers().close();
    assertEverythingArrived();
    assertBirthsBeforeData();
  }

  private void start(String... parts) throws Exception {
    write(parts);
    GatewayFile first = GatewayFile.read(path);
    Path data = directory.resolve("data");
    Uplink started =
        Uplink.builder(first.content(), data.resolve("log"), UplinkSettings.of(broker.url()))
            .ownTags(HealthTags::of)
            .start();
    open.add(started);
    EdgeDrivers running =
        new EdgeDrivers(first.content(), started, InstantSource.system(), data, new Random(1));
    open.add(running);
    running.start();
    uplink = started;
    drivers = running;
    takeover =
        new FileTakeover(
            first,
            List.of(
                started::declare,
                running::take,
                file -> {
                  TakesFile more = last;
                  if (more != null) {
                    more.take(file);
                  }
                },
                started::forget));
  }

  private void take(String... parts) throws Exception {
    write(parts);
    look();
  }

  private void look() throws InterruptedException {
    takeover().look();
    takeover().look();
  }

  private void write(String... parts) throws IOException {
    Files.writeString(path, text(parts));
  }

  private static String text(String... parts) {
    StringBuilder text =
        new StringBuilder(
            "version: 1\ngateway: {group: \"acme:graz\", node: gw-1}\nconnections:\n");
    boolean devices = false;
    for (String part : parts) {
      if (!devices && part.contains("path:")) {
        text.append("devices:\n");
        devices = true;
      }
      text.append(part);
    }
    return text.toString();
  }

  private static String connection(String id, CountingPlc plc) {
    return "  - {id: %s, driver: modbus-tcp, host: 127.0.0.1, port: %d, poll-interval: 25ms}\n"
        .formatted(id, plc.port());
  }

  private static String saw(int number, String connection, String... tags) {
    StringBuilder text =
        new StringBuilder(
            "  - path: acme/graz/packaging/line-1/saw-%d\n    connection: %s\n    unit-id: %d\n"
                .formatted(number, connection, number));
    text.append("    tags:\n");
    for (String tag : tags) {
      String[] parts = tag.split(":");
      text.append(
          "      - {name: %s, register: \"holding:%s\", encoding: uint16, type: integer}\n"
              .formatted(parts[0], parts[1]));
    }
    return text.toString();
  }

  /**
   * What machine a told over its one connection is there, once; only its last answer may have come
   * when the driver was closed.
   */
  private void assertEverythingArrived() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(values(SAW_1, "count").stream().sorted().toList())
                    .isIn(a.told, a.told.subList(0, a.told.size() - 1)));
  }

  /** Every alias in data is told by the births before, and each counter is unbroken. */
  private static void assertBirthsBeforeData() {
    Set<Long> declared = new HashSet<>();
    for (Sent message : sent()) {
      if (message.type().equals("NBIRTH")) {
        declared.clear();
      }
      if (message.birth()) {
        assertThat(message.payload().getMetricsList())
            .extracting(metric -> metric.getName())
            .doesNotHaveDuplicates();
        declared.addAll(message.aliases());
      } else if (message.data()) {
        assertThat(declared).containsAll(message.aliases());
      }
    }
  }

  private static Set<String> bornSinceTheLastNodeBirth() {
    Set<String> born = new HashSet<>();
    for (Sent message : sent()) {
      if (message.type().equals("NBIRTH")) {
        born.clear();
      } else if (message.birth()) {
        born.add(message.device());
      }
    }
    return born;
  }

  private static List<Sent> sent() {
    return Sent.of(TAP, "gw-1");
  }

  private List<Long> values(String device, String tag) {
    return host.of(tag).stream()
        .filter(s -> s.device().equals(device) && s.value() instanceof Long)
        .map(s -> (Long) s.value())
        .toList();
  }

  /** What was read before the host was online is backlog, and may arrive after what came later. */
  private void assertOrderInEachLane(String device, String tag) {
    host.of(tag).stream()
        .filter(s -> s.device().equals(device) && s.value() instanceof Long)
        .collect(Collectors.groupingBy(FakeBridge.Received::lane))
        .forEach(
            (lane, arrived) -> {
              assertThat(arrived)
                  .as(lane)
                  .isSortedAccordingTo(Comparator.comparing(s -> s.micros()));
              assertThat(arrived).extracting(s -> (Long) s.value()).as(lane).isSorted();
            });
  }

  private int lastStatus(String device, String tag) {
    return host.of(tag).stream().filter(s -> s.device().equals(device)).toList().getLast().status();
  }

  private static long sockets() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files.filter(GatewayTakeoverTest::isSocket).count();
    }
  }

  private static boolean isSocket(Path file) {
    try {
      return Files.readSymbolicLink(file).toString().startsWith("socket:");
    } catch (IOException closedMeanwhile) {
      return false;
    }
  }

  private FileStatus status() {
    return takeover().status();
  }

  private Uplink uplink() {
    return Objects.requireNonNull(uplink, "started");
  }

  private EdgeDrivers drivers() {
    return Objects.requireNonNull(drivers, "started");
  }

  private FileTakeover takeover() {
    return Objects.requireNonNull(takeover, "started");
  }
}
