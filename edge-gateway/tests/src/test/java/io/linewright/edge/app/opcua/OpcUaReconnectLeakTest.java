package io.linewright.edge.app.opcua;

import static org.awaitility.Awaitility.await;

import io.linewright.edge.app.driver.CutProxy;
import io.linewright.edge.app.driver.DriverStatus;
import io.linewright.edge.app.driver.ReconnectLeaks;
import io.linewright.edge.app.driver.StageCounters;
import io.linewright.edge.app.driver.Supervisor;
import io.linewright.edge.app.driver.TagChannel;
import io.linewright.edge.config.Connection;
import io.linewright.edge.config.DeviceSettings;
import io.linewright.edge.config.TagAddress;
import io.linewright.edge.config.TagSettings;
import io.linewright.edge.liveness.BackOff;
import io.linewright.model.equipment.DataClass;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagDescription;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.equipment.TagName;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.DataType;
import io.linewright.model.unit.UcumUnit;
import io.linewright.testkit.infrastructure.FreePorts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("long")
class OpcUaReconnectLeakTest {

  private static final EquipmentPath MILL =
      EquipmentPath.parse("acme/graz/machining/line-1/mill-1");

  @TempDir private Path directory = Path.of("unset");

  @Test
  void aThousandReconnectsLeakNoThreadSocketOrHeap() throws Exception {
    TestOpcUaServer.Plant plant = new TestOpcUaServer.Plant();
    plant.values.put("count", new DataValue(new Variant(0L)));
    int port = FreePorts.next();
    ReconnectLeaks leaks = new ReconnectLeaks();
    try (TestOpcUaServer server = new TestOpcUaServer(plant, port);
        CutProxy proxy = new CutProxy(port);
        Supervisor driver = driver(proxy.port(), leaks)) {
      driver.start();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> driver.status().state() == DriverStatus.State.RUNNING);
      leaks.assertNone(proxy, value -> server.set("count", value, micros()));
    }
  }

  private Supervisor driver(int port, ReconnectLeaks sink) {
    var connection =
        new Connection.OpcUa(
            "machining",
            "opc.tcp://127.0.0.1:" + port + "/test",
            "None",
            "None",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Duration.ofMillis(50));
    var device =
        new DeviceSettings(MILL, Optional.empty(), connection.id(), 0, List.of(tag()), Map.of());
    StageCounters counters = new StageCounters();
    List<TagChannel> tags = TagChannel.of(device, sink, InstantSource.system(), counters);
    return new Supervisor(
        connection.id(),
        new OpcUaLink(connection, tags, counters, directory.resolve("pki"), "acme:graz/gw-1"),
        tags,
        counters,
        directory.resolve("drivers"),
        new BackOff(Duration.ofMillis(5), Duration.ofMillis(50)),
        new Random(1));
  }

  private static TagSettings tag() {
    return new TagSettings(
        new TagDescription(
            new TagKey(MILL, new TagName("count")),
            DataType.INTEGER,
            UcumUnit.ONE,
            TagRole.PROCESS_VALUE,
            Optional.empty(),
            Optional.of(Duration.ofMillis(1)),
            DataClass.ENTERPRISE,
            Optional.empty()),
        new TagAddress.OpcUaNode("ns=2;s=count"));
  }

  private static long micros() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
  }
}
