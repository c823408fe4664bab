package io.linewright.edge.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.linewright.edge.config.Connection;
import io.linewright.edge.config.DeviceSettings;
import io.linewright.edge.config.EdgeFile;
import io.linewright.edge.config.GatewayIdentity;
import io.linewright.edge.config.LogSettings;
import io.linewright.edge.config.TagAddress;
import io.linewright.edge.config.TagSettings;
import io.linewright.model.equipment.DataClass;
import io.linewright.model.equipment.EquipmentId;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.equipment.ValueRange;
import io.linewright.model.sample.DataType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EdgeFileReaderTest {

  @TempDir private Path directory;

  @BeforeEach
  void passwordFile() throws IOException {
    Files.writeString(directory.resolve("opcua-password"), "secret");
  }

  @Test
  void everythingInAGoodFileIsRead() throws Exception {
    EdgeFile file = EdgeFileReader.read(copy("good.yaml"));

    assertThat(file.gateway())
        .isEqualTo(
            new GatewayIdentity("acme:graz", "gw-1", "linewright", GatewayIdentity.Confirm.BRIDGE));
    assertThat(file.log()).isEqualTo(LogSettings.DEFAULT);
    assertThat(file.connections())
        .containsExactly(
            new Connection.OpcUa(
                "machining",
                "opc.tcp://127.0.0.1:4840/linewright",
                "Basic256Sha256",
                "SignAndEncrypt",
                Optional.of("edge"),
                Optional.of(directory.resolve("opcua-password")),
                Optional.of(directory.resolve("pki/trusted")),
                Duration.ofMillis(250)),
            new Connection.ModbusTcp(
                "packaging", "127.0.0.1", 5020, Duration.ofMillis(200), Duration.ofSeconds(1)));
    DeviceSettings mill = file.devices().getFirst();
    assertThat(mill.equipmentId())
        .contains(EquipmentId.parse("5f0c1a2b-0000-4000-8000-000000000001"));
    assertThat(mill.stateMap()).isEqualTo(Map.of("Running", 6, "Idle", 4));
    TagSettings temperature = mill.tags().get(1);
    assertThat(temperature.address()).isEqualTo(new TagAddress.OpcUaNode("nsu=urn:plant;s=t"));
    assertThat(temperature.description().unit()).hasToString("Cel");
    assertThat(temperature.description().role()).isEqualTo(TagRole.TEMPERATURE);
    assertThat(temperature.description().range()).contains(new ValueRange(0, 150));
    assertThat(temperature.description().sampling()).contains(Duration.ofSeconds(1));
    assertThat(temperature.description().dataClass()).isEqualTo(DataClass.SITE);
    assertThat(temperature.description().owner()).contains("maintenance");
    DeviceSettings packer = file.devices().get(1);
    assertThat(packer.unitId()).isEqualTo(1);
    assertThat(packer.tags().getFirst().description().type()).isEqualTo(DataType.INTEGER);
    assertThat(packer.tags().getFirst().address())
        .isEqualTo(
            new TagAddress.ModbusRegister(
                TagAddress.Table.HOLDING,
                100,
                TagAddress.Encoding.UINT32,
                TagAddress.WordOrder.CDAB));
  }

  @Test
  void everyProblemHasItsLineFieldReasonAndAdvice() throws Exception {
    assertThat(problems(resource("wrong.yaml")))
        .containsExactlyElementsOf(resource("wrong.expected.txt").lines().toList());
    assertThat(problems(resource("wrong-tags.yaml")))
        .containsExactlyElementsOf(resource("wrong-tags.expected.txt").lines().toList());
  }

  @Test
  void atMostTwentyProblemsAreListedAtOnce() throws Exception {
    String many = resource("good.yaml") + "      - {name: door}\n".repeat(50);
    assertThat(problems(many))
        .hasSize(Problems.MAX_LISTED + 1)
        .last()
        .asString()
        .endsWith("more problems are not listed; correct these first");
  }

  @Test
  void syntaxErrorsAndDuplicateKeysNameTheirLine() throws Exception {
    assertThat(problems("version: 1\ngateway: {group: [\n"))
        .singleElement()
        .asString()
        .contains("edge.yaml:3: file: is not YAML");
    assertThat(problems("version: 1\nversion: 1\n"))
        .first()
        .asString()
        .isEqualTo("edge.yaml:2: version: is given twice; remove one of them");
    assertThat(problems("")).singleElement().asString().contains("is empty");
    assertThat(problems("- 1")).singleElement().asString().contains("is not a mapping");
  }

  @Test
  void fileThatIsNotThereIsNamed() {
    Path file = directory.resolve("none.yaml");
    var refused = catchThrowableOfType(EdgeFileException.class, () -> EdgeFileReader.read(file));
    assertThat(refused).hasMessageContaining(file + ":1: file: does not exist; set");
  }

  @Test
  void noGarbageBreaksTheReader() throws Exception {
    Random random = new Random(99);
    String good = resource("good.yaml");
    for (int round = 0; round < 2_000; round++) {
      StringBuilder text = new StringBuilder(good);
      for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
        int at = random.nextInt(text.length());
        text.replace(
            at,
            Math.min(text.length(), at + random.nextInt(12)),
            random.nextBoolean() ? "" : String.valueOf((char) (32 + random.nextInt(95))));
      }
      Path file = Files.writeString(directory.resolve("garbage.yaml"), text);
      try {
        assertThat(EdgeFileReader.read(file)).isNotNull();
      } catch (EdgeFileException refused) {
        assertThat(refused.problems()).as("round %d", round).isNotEmpty();
      }
    }
  }

  private List<String> problems(String text) throws IOException {
    Path file = Files.writeString(directory.resolve("edge.yaml"), text);
    EdgeFileException refused =
        catchThrowableOfType(EdgeFileException.class, () -> EdgeFileReader.read(file));
    return refused.problems().stream().map(p -> p.replace(directory + "/", "")).toList();
  }

  private Path copy(String name) throws IOException {
    return Files.writeString(directory.resolve("edge.yaml"), resource(name));
  }

  private static String resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(EdgeFileReaderTest.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
