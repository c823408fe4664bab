package io.linewright.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import com.digitalpetri.modbus.client.ModbusTcpClient;
import com.digitalpetri.modbus.exceptions.ModbusResponseException;
import com.digitalpetri.modbus.pdu.ReadCoilsRequest;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersRequest;
import com.digitalpetri.modbus.pdu.WriteSingleRegisterRequest;
import com.digitalpetri.modbus.tcp.client.NettyTcpClientTransport;
import io.linewright.simulator.modbus.RegisterMap;
import io.linewright.simulator.modbus.RegisterPlace;
import io.linewright.simulator.plant.PlantDescription;
import io.linewright.simulator.plantfile.PlantFile;
import io.linewright.simulator.tag.PlantTag;
import io.linewright.simulator.tag.PlantTags;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaMonitoredItem;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaSubscription;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole simulator on real sockets, watched by real clients. */
class PlantSimulatorTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long MICROS_FROM_1601_TO_1970 = 11_644_473_600_000_000L;

  @TempDir private Path directory = Path.of("unset");

  @Test
  void everyChangeReachesAnOpcUaClientExactlyOnceAtItsTime() throws Exception {
    PlantDescription plant =
        PlantFile.parse(
            "test",
            """
            version: 1
            machine-types:
              cell:
                cycle-time: 1s
                sensors: [{tag: vibration, kind: vibration, base: 2, interval: 20ms}]
                signals: {count: 20, interval: 10ms}
            sites:
              - path: acme/graz
                lines: [{path: a/l-1, machines: [{name: m-1, type: cell}]}]
            """);
    Map<String, List<Truth.Line>> received = new ConcurrentHashMap<>();
    try (PlantSimulator simulator =
            PlantSimulator.start(options(plant).duration(Duration.ofSeconds(4)).build());
        PlantClient client = PlantClient.connect(simulator.opcUaUrl(), "edge", password())) {
      client.watch(nodes(plant), 100, 1, (node, value) -> add(received, node, value));
      await().atMost(PATIENCE).until(simulator::isEnded);
      Truth truth = Truth.read(truthFile());
      assertThat(truth.says("observed")).isTrue();
      assertThat(truth.says("ended")).isTrue();
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  truth
                      .byTag()
                      .forEach(
                          (tag, lines) ->
                              assertThat(received.get(nodeOf(tag))).as(tag).isEqualTo(lines)));
      assertThat(truth.of("acme/graz/a/l-1/m-1#signal/007")).hasSizeBetween(398, 402);
    }
  }

  @Test
  void aSecondClientGetsThePresentValueAndThenEveryChange() throws Exception {
    PlantDescription plant = PlantFile.load("demo");
    Map<String, List<Truth.Line>> late = new ConcurrentHashMap<>();
    List<String> node = List.of("mill-01/heartbeat");
    try (PlantSimulator simulator =
            PlantSimulator.start(options(plant).waitForGateway(Duration.ZERO).speed(20).build());
        PlantClient first = PlantClient.connect(simulator.opcUaUrl(), "edge", password());
        PlantClient second = PlantClient.connect(simulator.opcUaUrl(), "edge", password())) {
      first.watch(node, 100, 10, (n, value) -> {});
      await().atMost(PATIENCE).until(() -> Truth.read(truthFile()).says("unobserved"));
      second.watch(node, 100, 10, (n, value) -> add(late, n, value));
      await()
          .atMost(PATIENCE)
          .until(() -> late.getOrDefault("mill-01/heartbeat", List.of()).size() > 20);
      Files.createFile(directory.resolve(PlantSimulator.REST_FILE));
      await().atMost(PATIENCE).until(simulator::isEnded);

      List<Truth.Line> all =
          Truth.read(truthFile()).of("acme/graz/machining/line-1/mill-01#heartbeat");
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                List<Truth.Line> got =
                    List.copyOf(late.getOrDefault("mill-01/heartbeat", List.of()));
                assertThat(got).isEqualTo(all.subList(all.indexOf(got.getFirst()), all.size()));
              });
    }
  }

  @Test
  void theQueueHoldsAtLeastTwiceTheChangesOfAPublishingInterval() throws Exception {
    PlantDescription plant = PlantFile.load("load");
    try (PlantSimulator simulator =
            PlantSimulator.start(options(plant).waitForGateway(Duration.ofMinutes(1)).build());
        PlantClient client = PlantClient.connect(simulator.opcUaUrl(), "edge", password())) {
      OpcUaSubscription subscription =
          client.watch(List.of("load-01/signal/001"), 100, 1, (n, value) -> {});
      OpcUaMonitoredItem item = subscription.getMonitoredItems().getFirst();
      assertThat(queueSize(item)).isGreaterThanOrEqualTo(2 * 1000 / 50);

      item.setSamplingInterval(20_000);
      item.setQueueSize(uint(5));
      subscription.modifyMonitoredItems();
      assertThat(queueSize(item)).isGreaterThanOrEqualTo(2 * 20_000 / 50);
    }
  }

  @Test
  void strangersAreRefused() throws Exception {
    try (PlantSimulator simulator = PlantSimulator.start(options(PlantFile.load("demo")).build())) {
      String url = simulator.opcUaUrl();

      assertThatThrownBy(() -> PlantClient.connect(url, "edge", "wrong"))
          .isInstanceOf(UaException.class);
      assertThatThrownBy(() -> PlantClient.connect(url, "somebody", password()))
          .isInstanceOf(UaException.class);
      assertThatThrownBy(() -> PlantClient.connect(url, SecurityPolicy.None, "edge", password()))
          .isInstanceOf(UaException.class);
    }
  }

  @Test
  void withoutEncryptionOnlyWhenAllowed() throws Exception {
    try (PlantSimulator simulator =
            PlantSimulator.start(options(PlantFile.load("demo")).allowInsecure(true).build());
        PlantClient client =
            PlantClient.connect(simulator.opcUaUrl(), SecurityPolicy.None, "edge", password())) {
      assertThat(client.node("mill-01/state")).isNotNull();
    }
  }

  @Test
  void everyRegisterShowsEachTruthLineInOrder() throws Exception {
    PlantDescription plant = PlantFile.load("demo");
    List<RegisterPlace> places =
        RegisterMap.assign(PlantTags.of(plant)).stream()
            .filter(place -> place.tag().machine().name().equals("packer-01"))
            .toList();
    Map<String, List<String>> seen = new HashMap<>();
    try (PlantSimulator simulator =
        PlantSimulator.start(
            options(plant)
                .waitForGateway(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .speed(5)
                .duration(Duration.ofSeconds(5))
                .build())) {
      ModbusTcpClient client = modbus(simulator.modbusPort());
      client.connect();
      while (!simulator.isEnded()) {
        poll(client, places, seen);
      }
      poll(client, places, seen);
      client.disconnect();
    }

    Truth truth = Truth.read(truthFile());
    for (RegisterPlace place : places) {
      String tag = place.tag().description().key().toString();
      List<Truth.Line> lines = truth.of(tag);
      assertThat(lines).allMatch(Truth.Line::modbus);
      List<String> expected = lines.stream().map(Truth.Line::value).toList();
      List<String> got = seen.getOrDefault(tag, List.of());
      assertThat(got)
          .as(tag)
          .isEqualTo(expected.subList(expected.size() - got.size(), expected.size()));
      assertThat(got.size()).as(tag).isGreaterThanOrEqualTo(expected.size() - 5);
    }
    assertThat(seen.get("acme/graz/packaging/line-2/packer-01#heartbeat")).hasSizeGreaterThan(15);
  }

  @Test
  void modbusAnswersWhatDoesNotExistWithAnException() throws Exception {
    try (PlantSimulator simulator = PlantSimulator.start(options(PlantFile.load("demo")).build())) {
      ModbusTcpClient client = modbus(simulator.modbusPort());
      client.connect();

      assertThatThrownBy(
              () -> client.readHoldingRegisters(1, new ReadHoldingRegistersRequest(9000, 1)))
          .isInstanceOf(ModbusResponseException.class);
      assertThatThrownBy(
              () -> client.writeSingleRegister(1, new WriteSingleRegisterRequest(100, 1)))
          .isInstanceOf(ModbusResponseException.class);
      client.disconnect();
    }
  }

  @Test
  void aTakenPortIsNamed() throws Exception {
    PlantDescription plant = PlantFile.load("demo");
    try (PlantSimulator first = PlantSimulator.start(options(plant).build())) {
      Path other = Files.createDirectory(directory.resolve("other"));

      assertThatThrownBy(
              () ->
                  PlantSimulator.start(
                      SimulatorOptions.builder(plant, other).ports(first.opcUaPort(), 0).build()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(Integer.toString(first.opcUaPort()));
      assertThatThrownBy(
              () ->
                  PlantSimulator.start(
                      SimulatorOptions.builder(plant, other).ports(0, first.modbusPort()).build()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(Integer.toString(first.modbusPort()));
    }
  }

  @Test
  void secretsAreMadeOnceAndPrivate() throws Exception {
    PlantDescription plant = PlantFile.load("demo");
    PlantSimulator.start(options(plant).build()).close();
    String password = password();
    byte[] certificate = Files.readAllBytes(directory.resolve("trusted/plant-simulator.der"));

    PlantSimulator.start(options(plant).build()).close();

    assertThat(password()).isEqualTo(password).hasSizeGreaterThanOrEqualTo(32);
    assertThat(directory.resolve("trusted/plant-simulator.der")).hasBinaryContent(certificate);
    for (String name : List.of("opcua-password", "server.p12", "server-keystore-password")) {
      assertThat(Files.getPosixFilePermissions(directory.resolve(name))).as(name).hasSize(2);
    }
  }

  private SimulatorOptions.Builder options(PlantDescription plant) {
    return SimulatorOptions.builder(plant, directory)
        .truthFile(truthFile())
        .waitForGateway(Duration.ofSeconds(30));
  }

  private Path truthFile() {
    return directory.resolve("truth.tsv");
  }

  private String password() throws IOException {
    return Files.readString(directory.resolve("opcua-password"));
  }

  private static int queueSize(OpcUaMonitoredItem item) {
    return item.getRevisedQueueSize().orElseThrow().intValue();
  }

  private static List<String> nodes(PlantDescription plant) {
    return PlantTags.of(plant).stream().map(PlantTag::nodeName).toList();
  }

  private static String nodeOf(String tag) {
    return tag.substring(tag.lastIndexOf('/', tag.indexOf('#')) + 1).replace('#', '/');
  }

  private static void add(Map<String, List<Truth.Line>> received, String node, DataValue value) {
    assertThat(value.getStatusCode().isGood()).isTrue();
    assertThat(value.getStatusCode().isOverflowSet()).isFalse();
    long micros =
        Objects.requireNonNull(value.getSourceTime()).getUtcTime() / 10 - MICROS_FROM_1601_TO_1970;
    received
        .computeIfAbsent(node, n -> java.util.Collections.synchronizedList(new ArrayList<>()))
        .add(new Truth.Line(micros, String.valueOf(value.getValue().getValue()), false));
  }

  private static ModbusTcpClient modbus(int port) {
    return ModbusTcpClient.create(
        NettyTcpClientTransport.create(
            config -> {
              config.hostname = "127.0.0.1";
              config.port = port;
            }));
  }

  private static void poll(
      ModbusTcpClient client, List<RegisterPlace> places, Map<String, List<String>> seen)
      throws Exception {
    RegisterPlace last = places.getLast();
    int count = last.address() + last.encoding().registers() - RegisterMap.FIRST_REGISTER;
    ByteBuffer registers =
        ByteBuffer.wrap(
            client
                .readHoldingRegisters(
                    1, new ReadHoldingRegistersRequest(RegisterMap.FIRST_REGISTER, count))
                .registers());
    byte[] coils = client.readCoils(1, new ReadCoilsRequest(0, 1)).coils();
    for (RegisterPlace place : places) {
      int at = 2 * (place.address() - RegisterMap.FIRST_REGISTER);
      String value =
          switch (place.encoding()) {
            case BOOL -> String.valueOf((coils[0] & 1) != 0);
            case UINT16 -> String.valueOf(registers.getShort(at) & 0xffff);
            case UINT32 -> String.valueOf(registers.getInt(at) & 0xffff_ffffL);
            case FLOAT32 -> String.valueOf((double) registers.getFloat(at));
          };
      List<String> values =
          seen.computeIfAbsent(
              place.tag().description().key().toString(), tag -> new ArrayList<>());
      if (values.isEmpty() || !values.getLast().equals(value)) {
        values.add(value);
      }
    }
  }
}
