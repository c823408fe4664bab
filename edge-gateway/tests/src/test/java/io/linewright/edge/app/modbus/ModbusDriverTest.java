package io.linewright.edge.app.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.digitalpetri.modbus.ExceptionCode;
import com.digitalpetri.modbus.FunctionCode;
import com.digitalpetri.modbus.exceptions.ModbusResponseException;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersRequest;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersResponse;
import com.digitalpetri.modbus.server.ModbusRequestContext;
import com.digitalpetri.modbus.server.ModbusServices;
import com.digitalpetri.modbus.server.ModbusTcpServer;
import com.digitalpetri.modbus.tcp.server.NettyTcpServerTransport;
import io.linewright.edge.app.driver.CutProxy;
import io.linewright.edge.app.driver.DriverStatus.Counts;
import io.linewright.edge.app.driver.InTime;
import io.linewright.edge.app.driver.RecordingSink;
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
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.model.unit.UcumUnit;
import io.linewright.testkit.infrastructure.FreePorts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModbusDriverTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(250);
  private static final EquipmentPath SAW = EquipmentPath.parse("acme/graz/packaging/line-2/saw-1");

  @TempDir private Path directory;
  private final AtomicIntegerArray registers = new AtomicIntegerArray(200);
  private final AtomicInteger bad = new AtomicInteger(-1);
  private final AtomicInteger requests = new AtomicInteger();
  private final RecordingSink sink = new RecordingSink();
  private final StageCounters counters = new StageCounters();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<TagSettings> tags = new ArrayList<>();
  private ModbusTcpServer server;
  private int port;

  @BeforeEach
  void startServer() throws Exception {
    port = FreePorts.next();
    server = server();
    for (int i = 0; i < 20; i++) {
      registers.set(i, i);
      tag("r" + i, i, Encoding.UINT16, DataType.INTEGER);
    }
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable closeable : open) {
      closeable.close();
    }
    server.stop();
  }

  @Test
  void valuesAreReadTogetherAndHandedOnWhenTheyChange() {
    start(port);
    await().atMost(PATIENCE).until(() -> sink.tags() == 20);
    int before = requests.get();
    registers.set(7, 700);

    await().atMost(PATIENCE).until(() -> sink.samples("r7").size() == 2);
    await().atMost(PATIENCE).until(() -> requests.get() >= before + 4);
    assertThat(sink.samples("r7"))
        .extracting(Sample::value)
        .containsExactly(SampleValue.of(7), SampleValue.of(700));
    assertThat(sink.samples("r6")).hasSize(1);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              Counts counts = counters.counts();
              assertThat(counts.in()).isEqualTo(counts.out()).isEqualTo(21);
            });
  }

  @Test
  void addressThatTheDeviceRefusesTurnsItsOwnTagBadOnly() {
    bad.set(13);
    start(port);

    await().atMost(PATIENCE).until(() -> sink.tags() == 20);
    await()
        .atMost(PATIENCE)
        .until(() -> sink.latest("r13").equals(StatusCode.BAD_CONFIGURATION_ERROR));
    for (int i = 0; i < 20; i++) {
      if (i != 13) {
        assertThat(sink.samples("r" + i)).extracting(Sample::status).containsOnly(StatusCode.GOOD);
      }
    }
  }

  @Test
  void deviceThatGoesAwayTurnsTagsBadAndBackGood() throws Exception {
    start(port);
    await().atMost(PATIENCE).until(() -> sink.tags() == 20);

    server.stop();
    await().atMost(PATIENCE).untilAsserted(() -> assertAll(StatusCode.BAD_NO_COMMUNICATION));
    server = server();

    await().atMost(PATIENCE).untilAsserted(() -> assertAll(StatusCode.GOOD));
    assertThat(counters.counts().reconnects()).isPositive();
  }

  @Test
  void silentDeviceTurnsTagsBadWithinTwoPollsAndBackGood() throws Exception {
    CutProxy proxy = new CutProxy(port);
    open.add(proxy);
    start(proxy.port());
    await().atMost(PATIENCE).until(() -> sink.tags() == 20);

    InTime.assertNoLonger(
        POLL.multipliedBy(2), () -> awaitGoodAgain(proxy), () -> untilAllAreBad(proxy));
    awaitGoodAgain(proxy);
  }

  private void awaitGoodAgain(CutProxy proxy) {
    proxy.release();
    await().atMost(PATIENCE).untilAsserted(() -> assertAll(StatusCode.GOOD));
  }

  private Duration untilAllAreBad(CutProxy proxy) {
    long cut = System.nanoTime();
    proxy.hold();
    await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(PATIENCE)
        .untilAsserted(() -> assertAll(StatusCode.BAD_NO_COMMUNICATION));
    return Duration.ofNanos(sink.arrived("r19").getLast().nanoTime() - cut);
  }

  private void assertAll(StatusCode status) {
    for (int i = 0; i < 20; i++) {
      assertThat(sink.latest("r" + i)).as("r" + i).isEqualTo(status);
    }
  }

  private ModbusTcpServer server() throws Exception {
    ModbusTcpServer created =
        ModbusTcpServer.create(
            NettyTcpServerTransport.create(
                config -> {
                  config.bindAddress = "127.0.0.1";
                  config.port = port;
                }),
            new Registers());
    created.start();
    return created;
  }

  private final class Registers implements ModbusServices {
    @Override
    public ReadHoldingRegistersResponse readHoldingRegisters(
        ModbusRequestContext context, int unitId, ReadHoldingRegistersRequest request)
        throws ModbusResponseException {
      requests.incrementAndGet();
      int refused = bad.get();
      if (refused >= request.address() && refused < request.address() + request.quantity()) {
        throw new ModbusResponseException(
            FunctionCode.READ_HOLDING_REGISTERS, ExceptionCode.ILLEGAL_DATA_ADDRESS);
      }
      byte[] data = new byte[2 * request.quantity()];
      for (int i = 0; i < request.quantity(); i++) {
        int value = registers.get(request.address() + i);
        data[2 * i] = (byte) (value >> 8);
        data[2 * i + 1] = (byte) value;
      }
      return new ReadHoldingRegistersResponse(data);
    }
  }

  private void start(int throughPort) {
    var connection =
        new Connection.ModbusTcp("m", "127.0.0.1", throughPort, POLL, Duration.ofSeconds(1));
    var device = new DeviceSettings(SAW, Optional.empty(), "m", 3, tags, Map.of());
    List<TagChannel> channels = TagChannel.of(device, sink, InstantSource.system(), counters);
    Supervisor driver =
        new Supervisor(
            "m",
            new ModbusLink(connection, Map.of(3, channels)),
            channels,
            counters,
            directory,
            new BackOff(Duration.ofMillis(50), Duration.ofMillis(500)),
            new Random(1));
    open.addFirst(driver);
    driver.start();
  }

  private void tag(String name, int address, Encoding encoding, DataType type) {
    tags.add(
        new TagSettings(
            new TagDescription(
                new TagKey(SAW, new TagName(name)),
                type,
                UcumUnit.ONE,
                TagRole.PROCESS_VALUE,
                Optional.empty(),
                Optional.empty(),
                DataClass.ENTERPRISE,
                Optional.empty()),
            new TagAddress.ModbusRegister(
                TagAddress.Table.HOLDING, address, encoding, WordOrder.ABCD)));
  }
}
