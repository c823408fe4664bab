package io.linewright.edge.app.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.digitalpetri.modbus.server.ModbusRtuServer;
import com.digitalpetri.modbus.server.ModbusServer;
import com.digitalpetri.modbus.server.ModbusTcpServer;
import com.digitalpetri.modbus.server.ProcessImage;
import com.digitalpetri.modbus.server.ReadWriteModbusServices;
import com.digitalpetri.modbus.tcp.server.NettyRtuServerTransport;
import com.digitalpetri.modbus.tcp.server.NettyTcpServerTransport;
import io.linewright.edge.app.driver.WriteOutcome;
import io.linewright.edge.config.ModbusOptions;
import io.linewright.edge.config.ModbusOptions.Framing;
import io.linewright.edge.config.RegisterForm;
import io.linewright.edge.config.RegisterForm.Padding;
import io.linewright.edge.config.TagAddress.Encoding;
import io.linewright.edge.config.TagAddress.Table;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.SampleValue;
import io.linewright.testkit.infrastructure.FreePorts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every table and encoding against the library's own servers, written and read back. */
class ModbusLibraryServerTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path directory;
  private final ProcessImage image = new ProcessImage();
  private @Nullable ModbusServer server;
  private Rig rig;

  @BeforeEach
  void createRig() {
    rig = new Rig(directory);
  }

  @AfterEach
  void closeAll() throws Exception {
    rig.close();
    ModbusServer started = server;
    if (started != null) {
      started.stop();
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyEncodingIsWrittenAndReadBack(Framing framing) throws Exception {
    int port = start(framing);
    rig.timing(100, 5000).options(options(framing, Set.of(5, 6, 16, 22)));
    Map<String, SampleValue> values = places();
    rig.start(port);
    await().atMost(PATIENCE).until(() -> rig.sink.tags() == values.size());

    for (Map.Entry<String, SampleValue> entry : values.entrySet()) {
      assertThat(rig.write(entry.getKey(), entry.getValue()).get(60, TimeUnit.SECONDS))
          .as(entry.getKey())
          .isEqualTo(new WriteOutcome.Verified(entry.getValue()));
    }
    values.forEach(
        (name, value) ->
            await()
                .atMost(PATIENCE)
                .until(() -> value.equals(rig.sink.samples(name).getLast().value())));
    assertThat(rig.statistics().timeouts()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void devicesThatKnowFunctions15And23Only(Framing framing) throws Exception {
    int port = start(framing);
    rig.timing(100, 5000).options(options(framing, Set.of(15, 22, 23)));
    Map<String, SampleValue> values = places();
    rig.start(port);
    for (Map.Entry<String, SampleValue> entry : values.entrySet()) {
      assertThat(rig.write(entry.getKey(), entry.getValue()).get(60, TimeUnit.SECONDS))
          .as(entry.getKey())
          .isEqualTo(new WriteOutcome.Verified(entry.getValue()));
    }
  }

  @Test
  void readOnlyTablesAreRead() throws Exception {
    int port = start(Framing.TCP);
    image.with(
        tx -> {
          tx.writeDiscreteInputs(inputs -> inputs.put(3, true));
          tx.writeInputRegisters(inputs -> inputs.put(5, new byte[] {0x12, 0x34}));
        });
    rig.tag(1, "door", Table.DISCRETE, 3, Encoding.BOOL, RegisterForm.PLAIN, DataType.BOOLEAN);
    rig.tag(
        1, "level", Table.INPUT, 5, Encoding.BCD16, RegisterForm.scaled(0.01, 0), DataType.DOUBLE);
    rig.start(port);

    await().atMost(PATIENCE).until(() -> rig.sink.tags() == 2);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(rig.sink.samples("door").getLast().value())
                    .isEqualTo(SampleValue.of(true)));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(rig.sink.samples("level").getLast().value())
                    .isEqualTo(SampleValue.of(12.34)));
    assertThat(rig.write("level", SampleValue.of(1.0)).get(60, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(
            WriteOutcome.Refused.class,
            refused -> assertThat(refused.reason()).contains("can only be read"));
  }

  /** One tag of each encoding, word order CDAB, and the value to write. */
  private Map<String, SampleValue> places() {
    Map<String, SampleValue> values = new LinkedHashMap<>();
    rig.tag(1, "coil", Table.COIL, 17, Encoding.BOOL, RegisterForm.PLAIN, DataType.BOOLEAN);
    values.put("coil", SampleValue.of(true));
    rig.tag(1, "bit", Table.HOLDING, 90, Encoding.BOOL, RegisterForm.ofBit(9), DataType.BOOLEAN);
    values.put("bit", SampleValue.of(true));
    int address = 0;
    for (Encoding encoding : Encoding.values()) {
      boolean text = encoding == Encoding.STRING;
      RegisterForm form = text ? RegisterForm.text(11, Padding.SPACE) : RegisterForm.PLAIN;
      SampleValue value = value(encoding);
      String name = encoding.name().toLowerCase(java.util.Locale.ROOT);
      rig.tag(1, name, Table.HOLDING, address, encoding, form, value.type());
      values.put(name, value);
      address += text ? 6 : encoding.registers();
    }
    rig.tag(
        1,
        "scaled",
        Table.HOLDING,
        60,
        Encoding.INT16,
        RegisterForm.scaled(0.1, -40),
        DataType.DOUBLE);
    values.put("scaled", SampleValue.of(-17.5));
    return values;
  }

  private static SampleValue value(Encoding encoding) {
    return switch (encoding) {
      case BOOL -> SampleValue.of(true);
      case INT16 -> SampleValue.of(-12_345L);
      case UINT16 -> SampleValue.of(54_321L);
      case INT32 -> SampleValue.of(-1_234_567_890L);
      case UINT32 -> SampleValue.of(3_234_567_890L);
      case INT64 -> SampleValue.of(-1_234_567_890_123_456_789L);
      case UINT64 -> SampleValue.of(1_234_567_890_123_456_789L);
      case FLOAT32 -> SampleValue.of(1.5);
      case FLOAT64 -> SampleValue.of(Math.PI);
      case BCD16 -> SampleValue.of(1234L);
      case BCD32 -> SampleValue.of(12_345_678L);
      case STRING -> SampleValue.of("Größe 7/8");
    };
  }

  private static ModbusOptions options(Framing framing, Set<Integer> functions) {
    return new ModbusOptions(framing, 1, 125, 2000, 16, List.of(), functions);
  }

  private int start(Framing framing) throws Exception {
    int port = FreePorts.next();
    var services =
        new ReadWriteModbusServices() {
          @Override
          protected Optional<ProcessImage> getProcessImage(int unitId) {
            return Optional.of(image);
          }
        };
    ModbusServer started =
        framing == Framing.TCP
            ? ModbusTcpServer.create(
                NettyTcpServerTransport.create(
                    config -> {
                      config.bindAddress = "127.0.0.1";
                      config.port = port;
                    }),
                services)
            : ModbusRtuServer.create(
                NettyRtuServerTransport.create(
                    config -> {
                      config.bindAddress = "127.0.0.1";
                      config.port = port;
                    }),
                services);
    started.start();
    server = started;
    return port;
  }
}
