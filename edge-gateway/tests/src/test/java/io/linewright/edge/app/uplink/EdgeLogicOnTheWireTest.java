package io.linewright.edge.app.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linewright.edge.app.config.EdgeFileReader;
import io.linewright.edge.app.logic.EdgeStage;
import io.linewright.edge.app.sparkplug.PayloadCodec;
import io.linewright.edge.app.uplink.link.UplinkSettings;
import io.linewright.edge.app.wire.WireTap;
import io.linewright.edge.app.wire.WireTap.Publish;
import io.linewright.edge.config.EdgeFile;
import io.linewright.edge.fold.Step;
import io.linewright.edge.host.Frame;
import io.linewright.edge.host.HostFact;
import io.linewright.edge.host.HostRules;
import io.linewright.edge.host.HostSession;
import io.linewright.edge.host.NodeId;
import io.linewright.edge.host.SessionState;
import io.linewright.edge.host.birth.EquipmentMapping;
import io.linewright.edge.sparkplug.LinewrightMetrics;
import io.linewright.edge.sparkplug.MessageType;
import io.linewright.edge.sparkplug.Metric;
import io.linewright.edge.sparkplug.Payload;
import io.linewright.edge.sparkplug.SparkplugTopic;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagName;
import io.linewright.model.event.AlarmReported;
import io.linewright.model.event.ContextReported;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.testkit.infrastructure.TestMqtt;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What summaries, rules, device clocks and data classes do to what is sent. */
class EdgeLogicOnTheWireTest {

  private static final String FILE =
      """
      version: 1
      gateway: {group: "acme:graz", node: gw-1}
      publication: {up-to: site, keep-local: true}
      connections:
        - {id: c, driver: opcua, endpoint: "opc.tcp://h:4840", security: {policy: None}, publishing-interval: 250ms}
      devices:
        - path: acme/graz/body/line-1/press-01
          connection: c
          clock: {policy: replace, report: true}
          tags:
            - {name: force, node: "i=1", type: double}
            - {name: recipe/sugar, node: "i=2", type: double, data-class: local-only}
          summaries:
            - {tag: force, name: force/1s, window: 1s, values: [count]}
          rules:
            - {name: alarm/high, tag: force, when: {above: 40}}
            - {name: overload, tag: force, when: {above: 40}, role: stop-reason, message: press overloaded}
            - {name: alarm/sweet, tag: recipe/sugar, when: {above: 40}, data-class: site}
      """;
  private static final EquipmentPath PRESS = EquipmentPath.parse("acme/graz/body/line-1/press-01");
  private static final String PRESS_ID = "body:line-1:press-01";
  private static final TagName FORCE = new TagName("force");
  private static final TagName SUGAR = new TagName("recipe/sugar");
  private static final double SECRET = 123.456789;
  private static final long BEHIND = 90_000_000;

  private static final WireTap TAP = new WireTap();
  private static TestMqtt broker;

  @TempDir Path directory;
  private FakeBridge bridge;
  private Uplink uplink;
  private EdgeStage stage;

  @BeforeAll
  static void startBroker() {
    broker = TestMqtt.start(TAP);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void start() throws Exception {
    TAP.clear();
    bridge = new FakeBridge(broker.url());
    bridge.online(false, 1000);
    Path file = Files.writeString(directory.resolve("edge.yaml"), FILE);
    EdgeFile read = EdgeFileReader.read(file);
    uplink =
        Uplink.builder(read, directory.resolve("log"), UplinkSettings.of(broker.url())).start();
    stage = new EdgeStage(read, uplink, uplink::last, InstantSource.system(), System::nanoTime);
    stage.start();
  }

  @AfterEach
  void stop() throws Exception {
    stage.close();
    uplink.close();
    bridge.close();
    assertThat(bridge.trouble).isEmpty();
  }

  @Test
  void whatTheLogicMadeWhileTheUplinkWasCutArrivesAndRaisesEvents() throws Exception {
    long before = now();
    says(FORCE, 1);
    says(SUGAR, SECRET);
    says(FORCE, 50);
    says(FORCE, 2);
    // Two windows of a second are told, and two tags of the clock.
    await().until(() -> stage.books().made() >= 12);
    assertThat(uplink.ready()).isFalse();

    bridge.online(true, 2000);
    await().until(() -> bridge.of("force").size() == 3 && !bridge.of("force/1s/count").isEmpty());
    await().until(() -> bridge.of("overload").size() == 3);

    assertThat(bridge.of("force")).extracting(FakeBridge.Received::value).contains(1.0, 50.0, 2.0);
    assertThat(bridge.of("force")).allMatch(one -> one.micros() >= before);
    assertThat(bridge.of("alarm/sweet"))
        .extracting(FakeBridge.Received::value)
        .containsExactly(false, true);
    await().untilAsserted(() -> assertThat(bridge.of("clock/implausible")).isNotEmpty());
    List<Object> events = events();
    assertThat(events)
        .filteredOn(AlarmReported.class::isInstance)
        .extracting(
            event -> ((AlarmReported) event).tag(), event -> ((AlarmReported) event).active())
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("alarm/high", false),
            org.assertj.core.groups.Tuple.tuple("alarm/high", true),
            org.assertj.core.groups.Tuple.tuple("alarm/high", false),
            org.assertj.core.groups.Tuple.tuple("alarm/sweet", false),
            org.assertj.core.groups.Tuple.tuple("alarm/sweet", true));
    assertThat(events)
        .filteredOn(ContextReported.class::isInstance)
        .extracting(event -> ((ContextReported) event).value())
        .containsExactly("", "press overloaded", "");
    for (Metric metric : metricsOf(bridgeAlias("force"))) {
      long time = metric.timestampMillis().orElseThrow() * 1000;
      assertThat((Long) metric.properties().get(LinewrightMetrics.RAW_MICROS))
          .isCloseTo(time - BEHIND, org.assertj.core.api.Assertions.within(5_000_000L));
    }
  }

  @Test
  void nothingOfATagThatMayNotLeaveIsOnTheWire() throws Exception {
    bridge.online(true, 2000);
    await().until(() -> uplink.ready());
    says(SUGAR, SECRET);
    says(FORCE, 1);
    await().until(() -> bridge.of("force").size() == 1 && bridge.of("alarm/sweet").size() == 2);
    bridge.requestRebirth();
    await().until(() -> bridge.births.size() >= 4);

    byte[] secret = new byte[8];
    java.nio.ByteBuffer.wrap(secret).order(java.nio.ByteOrder.LITTLE_ENDIAN).putDouble(SECRET);
    assertThat(sent()).isNotEmpty();
    for (Publish packet : sent()) {
      String bytes = new String(packet.payload(), StandardCharsets.ISO_8859_1);
      assertThat(bytes).doesNotContain("recipe").doesNotContain("sugar");
      assertThat(bytes).doesNotContain(new String(secret, StandardCharsets.ISO_8859_1));
    }
    assertThat(bridge.births.getLast().metrics())
        .extracting(Metric::name)
        .contains("force", "force/1s/count", "alarm/high", "overload", "clock/drift-ppm");
    assertThat(stage.books().kept()).isEqualTo(1);
  }

  @Test
  void deviceIsLostWhenAllThatIsReadOfItIsBadWhateverItsRulesSay() throws Exception {
    bridge.online(true, 2000);
    await().until(() -> uplink.ready());
    says(FORCE, 1);
    await().until(() -> bridge.of("alarm/high").size() == 1);
    Sample mark = new Sample(null, StatusCode.BAD_NO_COMMUNICATION, now(), 0);
    stage.made(PRESS, FORCE, mark);
    stage.made(PRESS, SUGAR, mark);

    await()
        .until(
            () ->
                bridge.topics.stream()
                    .anyMatch(
                        topic ->
                            topic.type() == MessageType.DDEATH
                                && topic.address().device().equals(Optional.of(PRESS_ID))));
    assertThat(uplink.devices().getFirst().lost()).isTrue();
  }

  /** The press says something; its clock is 90 s behind. */
  private void says(TagName tag, double number) throws InterruptedException {
    stage.accept(
        PRESS, tag, new Sample(SampleValue.of(number), StatusCode.GOOD, now() - BEHIND, 0));
  }

  private static long now() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }

  private static List<Publish> sent() {
    return TAP.published("spBv1.0/acme:graz/").stream()
        .filter(packet -> !packet.topic().contains("CMD/"))
        .toList();
  }

  private static Payload read(Publish packet) throws Exception {
    return PayloadCodec.decode(packet.payload(), PayloadCodec.Limits.BIRTH);
  }

  private long bridgeAlias(String name) {
    return bridge.births.getLast().metrics().stream()
        .filter(metric -> name.equals(metric.name()))
        .findFirst()
        .orElseThrow()
        .alias()
        .orElseThrow();
  }

  private static String rawMicros(Metric metric) {
    return String.valueOf(metric.properties().get(LinewrightMetrics.RAW_MICROS));
  }

  private static List<Metric> metricsOf(long alias) throws Exception {
    // By the device's own time: what is confirmed late is sent once more.
    Map<String, Metric> metrics = new LinkedHashMap<>();
    for (Publish packet : sent()) {
      if (packet.topic().contains("/DDATA/")) {
        read(packet).metrics().stream()
            .filter(metric -> metric.alias().orElse(-1) == alias)
            .forEach(metric -> metrics.putIfAbsent(rawMicros(metric), metric));
      }
    }
    assertThat(metrics).hasSize(3);
    return List.copyOf(metrics.values());
  }

  /** What our own host makes of what was sent. */
  private static List<Object> events() throws Exception {
    HostSession session =
        new HostSession(
            new HostRules(
                EquipmentMapping.CONVENTION,
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                text -> Optional.empty()));
    List<Object> events = new ArrayList<>();
    SessionState state = SessionState.unknown(new NodeId("acme:graz", "gw-1"));
    for (Publish packet : sent()) {
      SparkplugTopic topic = SparkplugTopic.parse(packet.topic()).orElseThrow();
      Step<SessionState, HostFact> step =
          session.on(state, new Frame(topic, read(packet), Instant.now()));
      state = step.state();
      for (HostFact fact : step.facts()) {
        if (fact instanceof HostFact.MachineEvent event) {
          events.add(event.event().data());
        }
      }
    }
    return events;
  }
}
