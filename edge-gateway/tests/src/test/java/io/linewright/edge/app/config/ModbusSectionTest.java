package io.linewright.edge.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.linewright.edge.config.Connection;
import io.linewright.edge.config.Connection.SerialLine;
import io.linewright.edge.config.EdgeFile;
import io.linewright.edge.config.ModbusOptions;
import io.linewright.edge.config.ModbusOptions.Forbidden;
import io.linewright.edge.config.ModbusOptions.Framing;
import io.linewright.edge.config.RegisterForm;
import io.linewright.edge.config.RegisterForm.Padding;
import io.linewright.edge.config.TagAddress.Encoding;
import io.linewright.edge.config.TagAddress.ModbusRegister;
import io.linewright.edge.config.TagAddress.Table;
import io.linewright.edge.config.TagAddress.WordOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModbusSectionTest {

  @TempDir private Path directory;

  @Test
  void everyKeyIsRead() throws Exception {
    EdgeFile file =
        EdgeFileReader.read(
            file(
                "framing: tcp, parallel-units: 4, max-registers: 64, max-coils: 512, gap: 0,"
                    + " forbidden: [\"holding:200-299\", \"7/coil:3\"], write-functions: [6, 16]",
                "register: \"holding:1\", encoding: string, length: 20, padding: space,"
                    + " word-order: BADC, type: string",
                "register: \"input:30\", encoding: bcd32, scale: 0.01, offset: -40, type: double",
                "register: \"holding:50\", encoding: bool, bit: 13, type: boolean"));

    assertThat(((Connection.ModbusTcp) file.connections().getFirst()).options())
        .isEqualTo(
            new ModbusOptions(
                Framing.TCP,
                4,
                64,
                512,
                0,
                List.of(
                    new Forbidden(OptionalInt.empty(), Table.HOLDING, 200, 299),
                    new Forbidden(OptionalInt.of(7), Table.COIL, 3, 3)),
                Set.of(6, 16)));
    assertThat(file.devices().getFirst().tags())
        .extracting(tag -> tag.address())
        .containsExactly(
            new ModbusRegister(
                Table.HOLDING,
                1,
                Encoding.STRING,
                WordOrder.BADC,
                RegisterForm.text(20, Padding.SPACE)),
            new ModbusRegister(
                Table.INPUT, 30, Encoding.BCD32, WordOrder.ABCD, RegisterForm.scaled(0.01, -40)),
            new ModbusRegister(
                Table.HOLDING, 50, Encoding.BOOL, WordOrder.ABCD, RegisterForm.ofBit(13)));
  }

  @Test
  void withoutKeysTheStandardsLimitsCount() throws Exception {
    EdgeFile file =
        EdgeFileReader.read(
            file("port: 502", "register: \"holding:1\", encoding: int16, type: integer"));
    assertThat(((Connection.ModbusTcp) file.connections().getFirst()).options())
        .isEqualTo(ModbusOptions.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "framing: rtu | connections[0].framing: 'rtu' is not known; use one of tcp, rtu-over-tcp",
        "framing: rtu-over-tcp, parallel-units: 2 | parallel-units: RTU answers carry no number",
        "max-registers: 126 | max-registers: '126' is not in 1 to 125; write 1 to 125, as 125",
        "forbidden: [\"holding:9-3\"] | forbidden: '3' is not in 9 to 65535; write table:first-last",
        "forbidden: [\"reg:9\"] | forbidden: 'reg' is not known",
        "forbidden: [\"holding\"] | forbidden: 'holding' is no range",
        "write-functions: [3] | write-functions: function 3 does not write; list those of 5, 6",
        "forbidden: [\"holding:2-9\"] | tags[0].register: the value lies on an address that",
        "forbidden: [\"5/holding:2\"] | tags[0].register: the value lies on an address that",
        "max-registers: 1 | tags[0].register: the value has more registers than the connection's"
      })
  void mistakesOfTheConnectionAreNamed(String keys, String problem) throws Exception {
    assertThat(problems(keys, "register: \"holding:1\", encoding: float32, type: double"))
        .contains(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "encoding: string, type: string | length: is missing; write the number of characters, 1 to 246",
        "encoding: string, length: 247, type: string | length: '247' is not in 1 to 246",
        "encoding: int16, length: 4, type: integer | length: is for encoding string only; remove it",
        "encoding: int16, bit: 4, type: integer | bit: is for encoding bool in a holding",
        "encoding: bool, bit: 16, type: boolean | bit: '16' is not in 0 to 15",
        "encoding: bool, scale: 2, type: boolean | scale: is for numbers only",
        "encoding: int16, scale: 0, type: double | scale: '0' is out of range",
        "encoding: int16, scale: x, type: double | scale: 'x' is not a number",
        "encoding: int16, offset: NaN, type: double | offset: 'NaN' is out of range",
        "encoding: int16, scale: 0.1, type: integer | type: 'integer' cannot hold scaled int16",
        "encoding: string, length: 4, padding: dots, type: string | padding: 'dots' is not known"
      })
  void mistakesOfTheTagAreNamed(String keys, String problem) throws Exception {
    assertThat(problems("port: 502", "register: \"holding:1\", " + keys)).contains(problem);
  }

  @Test
  void serialLineIsReadWithTheStandardsDefaults() throws Exception {
    String tag = "register: \"holding:1\", encoding: int16, type: integer";
    assertThat(EdgeFileReader.read(serial("port: /dev/ttyUSB0", tag)).connections())
        .containsExactly(
            new Connection.ModbusRtu(
                "m",
                "/dev/ttyUSB0",
                new SerialLine(19_200, SerialLine.Parity.EVEN, 1),
                Duration.ofMillis(200),
                Duration.ofSeconds(1),
                options(125)));
    assertThat(
            EdgeFileReader.read(
                    serial(
                        "port: /dev/ttyS1, baud: 2400, parity: none, timeout: 2s, max-registers: 40",
                        tag))
                .connections())
        .containsExactly(
            new Connection.ModbusRtu(
                "m",
                "/dev/ttyS1",
                new SerialLine(2400, SerialLine.Parity.NONE, 2),
                Duration.ofMillis(200),
                Duration.ofSeconds(2),
                options(40)));
  }

  private static ModbusOptions options(int maxRegisters) {
    ModbusOptions usual = ModbusOptions.DEFAULT;
    return new ModbusOptions(
        usual.framing(),
        1,
        maxRegisters,
        usual.maxBits(),
        usual.gap(),
        usual.forbidden(),
        usual.writeFunctions());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "baud: 9600 | connections[0].port: is missing; write the serial device, as /dev/ttyUSB0",
        "port: p, baud: 100 | connections[0].baud: '100' is not in 300 to 921600",
        "port: p, parity: mark | connections[0].parity: 'mark' is not known; use one of none, even",
        "port: p, stop-bits: 3 | connections[0].stop-bits: '3' is not in 1 to 2",
        "port: p, parallel-units: 2 | connections[0].parallel-units: ",
        "port: p, framing: tcp | connections[0].framing: ",
        "port: p, host: h | connections[0].host: ",
        "port: p, baud: 1200 | connections[0].timeout: is shorter than a read of max-registers takes",
      })
  void mistakesOfASerialLineAreNamed(String keys, String problem) throws Exception {
    assertThat(refused(serial(keys, "register: \"holding:1\", encoding: int16, type: integer")))
        .contains(problem);
  }

  @Test
  void unitsOfASerialLineHaveTheNumbersThatItKnows() throws Exception {
    Path file = serial("port: p", "register: \"holding:1\", encoding: int16, type: integer");
    Files.writeString(file, Files.readString(file).replace("unit-id: 5", "unit-id: 248"));
    assertThat(refused(file)).contains("unit-id: '248' is not in 1 to 247; write 1 to 247");
  }

  private Path serial(String keys, String tag) throws IOException {
    Path file = file(keys, tag);
    String text =
        Files.readString(file).replace("driver: modbus-tcp, host: h", "driver: modbus-rtu");
    return Files.writeString(file, text);
  }

  private String problems(String connection, String tag) throws IOException {
    return refused(file(connection, tag));
  }

  private static String refused(Path file) {
    EdgeFileException refused =
        catchThrowableOfType(EdgeFileException.class, () -> EdgeFileReader.read(file));
    return String.join("\n", refused.problems());
  }

  private Path file(String connection, String... tags) throws IOException {
    StringBuilder text =
        new StringBuilder(
            """
            version: 1
            gateway: {group: "acme:graz", node: gw-1}
            connections:
              - {id: m, driver: modbus-tcp, host: h, poll-interval: 200ms, %s}
            devices:
              - path: acme/graz/area/saw
                connection: m
                unit-id: 5
                tags:
            """
                .formatted(connection));
    for (int i = 0; i < tags.length; i++) {
      text.append("      - {name: t%d, %s}\n".formatted(i, tags[i]));
    }
    return Files.writeString(directory.resolve("edge.yaml"), text);
  }
}
