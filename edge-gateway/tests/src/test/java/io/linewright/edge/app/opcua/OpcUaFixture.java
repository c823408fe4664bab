package io.linewright.edge.app.opcua;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.edge.app.driver.CutProxy;
import io.linewright.edge.app.driver.RecordingSink;
import io.linewright.edge.app.driver.StageCounters;
import io.linewright.edge.app.driver.Supervisor;
import io.linewright.edge.app.driver.TagChannel;
import io.linewright.edge.config.Connection;
import io.linewright.edge.config.DeviceSettings;
import io.linewright.edge.config.TagAddress;
import io.linewright.edge.config.TagSettings;
import io.linewright.edge.liveness.BackOff;
import io.linewright.edge.opcua.Monitoring;
import io.linewright.edge.opcua.ValuePath;
import io.linewright.model.equipment.DataClass;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagDescription;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.equipment.TagName;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.model.unit.UcumUnit;
import io.linewright.testkit.infrastructure.FreePorts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A driver before a Milo server, with three tags; what the tests of the OPC UA client share. */
abstract class OpcUaFixture {

  static final EquipmentPath MILL = EquipmentPath.parse("acme/graz/machining/line-1/mill-1");
  static final Duration PUBLISHING = Duration.ofMillis(250);
  static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory;
  final RecordingSink sink = new RecordingSink();
  final StageCounters counters = new StageCounters();
  final List<TagSettings> tags = new ArrayList<>();
  final List<AutoCloseable> open = new ArrayList<>();
  TestOpcUaServer.Plant plant;
  TestOpcUaServer server;

  @SuppressWarnings("NullAway.Init") // every test starts one
  Supervisor driver;

  @SuppressWarnings("NullAway.Init") // as the driver
  OpcUaLink link;

  int port;
  long start;

  @BeforeEach
  void startServer() throws Exception {
    plant = new TestOpcUaServer.Plant();
    port = FreePorts.next();
    start = Instant.now().getEpochSecond() * 1_000_000 - 60_000_000;
    for (String node : List.of("count", "temperature", "text")) {
      plant.values.put(node, new DataValue(new Variant(0)));
    }
    server = new TestOpcUaServer(plant, port);
    server.set("count", 0L, start);
    server.set("temperature", 20.5, start);
    server.set("text", "ok", start);
    tag("count", "ns=2;s=count", DataType.INTEGER);
    tag("temperature", "nsu=urn:test:plant;s=temperature", DataType.DOUBLE);
    tag("text", "ns=2;s=text", DataType.STRING);
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable closeable : open) {
      closeable.close();
    }
    server.close();
  }

  void assertAll(StatusCode status) {
    for (TagSettings tag : tags) {
      String name = tag.description().key().name().value();
      assertThat(sink.latest(name)).as(name).isEqualTo(status);
    }
  }

  CutProxy proxy() throws Exception {
    CutProxy proxy = new CutProxy(port);
    open.add(proxy);
    return proxy;
  }

  void start(int throughPort) {
    start(
        new Connection.OpcUa(
            "machining",
            "opc.tcp://127.0.0.1:" + throughPort + "/test",
            "None",
            "None",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            PUBLISHING));
  }

  void start(Connection.OpcUa connection) {
    var device = new DeviceSettings(MILL, Optional.empty(), connection.id(), 0, tags, Map.of());
    List<TagChannel> channels = TagChannel.of(device, sink, InstantSource.system(), counters);
    link =
        new OpcUaLink(
            connection, channels, counters, directory.resolve("data/pki"), "acme:graz/gw-1");
    driver =
        new Supervisor(
            connection.id(),
            link,
            channels,
            counters,
            directory.resolve("data/drivers"),
            new BackOff(Duration.ofMillis(50), Duration.ofMillis(500)),
            new Random(1));
    open.addFirst(driver);
    driver.start();
  }

  void tag(String name, String node, DataType type) {
    tag(name, new TagAddress.OpcUaNode(node), type);
  }

  /** A tag that shows a part of a node. */
  void part(String name, String node, String part, DataType type) {
    tag(name, new TagAddress.OpcUaNode(node, Monitoring.DEFAULT, ValuePath.parse(part)), type);
  }

  void tag(String name, TagAddress address, DataType type) {
    tags.add(
        new TagSettings(
            new TagDescription(
                new TagKey(MILL, new TagName(name)),
                type,
                UcumUnit.ONE,
                TagRole.PROCESS_VALUE,
                Optional.empty(),
                Optional.of(Duration.ofMillis(1)),
                DataClass.ENTERPRISE,
                Optional.empty()),
            address));
  }

  static Sample good(long value, long micros) {
    return new Sample(SampleValue.of(value), StatusCode.GOOD, micros, 0);
  }
}
