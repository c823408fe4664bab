package io.linewright.edge.app.modbus;

import static org.awaitility.Awaitility.await;

import com.digitalpetri.modbus.pdu.ReadHoldingRegistersRequest;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersResponse;
import com.digitalpetri.modbus.server.ModbusRequestContext;
import com.digitalpetri.modbus.server.ModbusServices;
import com.digitalpetri.modbus.server.ModbusTcpServer;
import com.digitalpetri.modbus.tcp.server.NettyTcpServerTransport;
import io.linewright.edge.app.driver.CutProxy;
import io.linewright.edge.app.driver.DriverStatus;
import io.linewright.edge.app.driver.ReconnectLeaks;
import io.linewright.edge.app.driver.StageCounters;
import io.linewright.edge.app.driver.Supervisor;
import io.linewright.edge.app.driver.TagChannel;
import io.linewright.edge.config.Connection;
import io.linewright.edge.config.DeviceSettings;
import io.linewright.edge.config.TagAddress;
import io.linewright.edge.config.TagAddress.Encoding;
import io.linewright.edge.config.TagAddress.WordOrder;
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
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("long")
class ModbusReconnectLeakTest {

  private static final EquipmentPath SAW = EquipmentPath.parse("acme/graz/packaging/line-2/saw-1");

  @TempDir private Path directory = Path.of("unset");
  private final AtomicInteger register = new AtomicInteger();

  @Test
  void aThousandReconnectsLeakNoThreadSocketOrHeap() throws Exception {
    int port = FreePorts.next();
    ModbusTcpServer server = server(port);
    server.start();
    ReconnectLeaks leaks = new ReconnectLeaks();
    try (CutProxy proxy = new CutProxy(port);
        Supervisor driver = driver(proxy.port(), leaks)) {
      driver.start();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> driver.status().state() == DriverStatus.State.RUNNING);
      leaks.assertNone(proxy, value -> register.set((int) value));
    } finally {
      server.stop();
    }
  }

  private ModbusTcpServer server(int port) {
    return ModbusTcpServer.create(
        NettyTcpServerTransport.create(
            config -> {
              config.bindAddress = "127.0.0.1";
              config.port = port;
            }),
        new OneRegister());
  }

  private final class OneRegister implements ModbusServices {
    @Override
    public ReadHoldingRegistersResponse readHoldingRegisters(
        ModbusRequestContext context, int unitId, ReadHoldingRegistersRequest request) {
      int value = register.get();
      return new ReadHoldingRegistersResponse(new byte[] {(byte) (value >> 8), (byte) value});
    }
  }

  private Supervisor driver(int port, ReconnectLeaks sink) {
    var connection =
        new Connection.ModbusTcp(
            "m", "127.0.0.1", port, Duration.ofMillis(20), Duration.ofSeconds(1));
    TagSettings tag =
        new TagSettings(
            new TagDescription(
                new TagKey(SAW, new TagName("r0")),
                DataType.INTEGER,
                UcumUnit.ONE,
                TagRole.PROCESS_VALUE,
                Optional.empty(),
                Optional.empty(),
                DataClass.ENTERPRISE,
                Optional.empty()),
            new TagAddress.ModbusRegister(
                TagAddress.Table.HOLDING, 0, Encoding.UINT16, WordOrder.ABCD));
    var device = new DeviceSettings(SAW, Optional.empty(), "m", 3, List.of(tag), Map.of());
    StageCounters counters = new StageCounters();
    List<TagChannel> tags = TagChannel.of(device, sink, InstantSource.system(), counters);
    return new Supervisor(
        "m",
        new ModbusLink(connection, Map.of(3, tags)),
        tags,
        counters,
        directory,
        new BackOff(Duration.ofMillis(5), Duration.ofMillis(50)),
        new Random(1));
  }
}
