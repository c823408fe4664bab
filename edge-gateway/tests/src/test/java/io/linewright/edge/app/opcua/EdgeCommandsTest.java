package io.linewright.edge.app.opcua;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.edge.app.cli.EdgeCommands;
import io.linewright.edge.app.config.EdgeFileReader;
import io.linewright.edge.config.DeviceSettings;
import io.linewright.edge.config.EdgeFile;
import io.linewright.edge.config.TagAddress;
import io.linewright.edge.config.TagSettings;
import io.linewright.edge.opcua.ValuePath;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.equipment.ValueRange;
import io.linewright.model.sample.DataType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code ./linewright edge browse} and {@code edge trust} against a real server. */
class EdgeCommandsTest extends OpcUaFixture {

  @Test
  void proposalReadsBackAndNamesUnitsRangesAndRoles() throws Exception {
    server.addAxisType();
    server.addMachine("Mill 01");
    server.addMachine("Mill \"02\" # x");
    Path out = directory.resolve("proposal.yaml");

    assertThat(browse("--out", out.toString())).isZero();

    EdgeFile file = EdgeFileReader.read(out);
    assertThat(file.devices())
        .extracting(device -> device.path().toString())
        .containsExactly("acme/graz/body/line-1/mill-01", "acme/graz/body/line-1/mill-02-x");
    Map<String, TagSettings> tags = tags(file.devices().getFirst());
    assertThat(tags.keySet())
        .containsExactlyInAnyOrder(
            "SpindleTemperature",
            "Odd",
            "MachineState",
            "ErrorCode",
            "Loads/[0]",
            "Loads/[1]",
            "Axis/Load",
            "Axis/Steps[0]");
    TagSettings temperature = tag(tags, "SpindleTemperature");
    assertThat(temperature.description().unit()).hasToString("Cel");
    assertThat(temperature.description().range()).contains(new ValueRange(0, 150));
    assertThat(temperature.description().role()).isEqualTo(TagRole.TEMPERATURE);
    assertThat(temperature.address())
        .isEqualTo(new TagAddress.OpcUaNode("nsu=urn:test:plant;s=Mill 01.SpindleTemperature"));
    assertThat(tag(tags, "MachineState").description().role()).isEqualTo(TagRole.MACHINE_STATE);
    assertThat(tag(tags, "ErrorCode").description().role()).isEqualTo(TagRole.PROCESS_VALUE);
    assertThat(tag(tags, "Loads/[1]").description().type()).isEqualTo(DataType.DOUBLE);
    assertThat(((TagAddress.OpcUaNode) tag(tags, "Axis/Load").address()).part())
        .isEqualTo(ValuePath.parse("Load"));
    assertThat(Files.readString(out))
        .contains("role guessed, confidence high (name and unit)")
        .contains("role could be alarm, confidence low (name)")
        .contains("unit 'furlong' is not known")
        .contains("# 2 variables may not be read and were left out");
  }

  @Test
  void serverThatIsNotTrustedIsAcceptedByItsThumbprint() throws Exception {
    server.addMachine("Mill 01");
    String trusted = directory.resolve("pki/trusted").toString();
    String[] encrypted = {
      "browse",
      "opc.tcp://127.0.0.1:" + port + "/test",
      "--trust-dir",
      trusted,
      "--data-dir",
      directory.resolve("data").toString(),
      "--out",
      directory.resolve("proposal.yaml").toString()
    };
    assertThat(EdgeCommands.run(encrypted)).isEqualTo(1);
    Path rejected;
    try (var files = Files.list(directory.resolve("pki/rejected"))) {
      rejected = files.findFirst().orElseThrow();
    }
    String thumbprint = rejected.getFileName().toString().replace(".der", "");

    assertThat(EdgeCommands.run("trust", "accept", thumbprint, "--trust-dir", trusted)).isZero();
    assertThat(EdgeCommands.run(encrypted)).isZero();
    Path file = directory.resolve("proposal.yaml");
    assertThat(EdgeFileReader.read(file).devices()).hasSize(1);

    assertThat(EdgeCommands.run("trust", "list", "--file", file.toString())).isZero();
    assertThat(
            EdgeCommands.run(
                "trust", "reject", thumbprint.substring(0, 12), "--file", file.toString()))
        .isZero();
    assertThat(rejected).exists();
    assertThat(EdgeCommands.run(encrypted)).isEqualTo(1);
  }

  @Test
  void wrongUseIsTwoAndFailureIsOne() {
    assertThat(EdgeCommands.run()).isEqualTo(2);
    assertThat(EdgeCommands.run("nonsense")).isEqualTo(2);
    assertThat(EdgeCommands.run("trust")).isEqualTo(2);
    assertThat(EdgeCommands.run("trust", "list")).isEqualTo(2);
    assertThat(EdgeCommands.run("browse")).isEqualTo(2);
    assertThat(EdgeCommands.run("--help")).isZero();
    assertThat(EdgeCommands.run("trust", "accept", "00112233", "--trust-dir", "nowhere"))
        .isEqualTo(1);
    assertThat(browse("--line", "Not a path")).isEqualTo(2);
    assertThat(browse("--user", "edge")).isEqualTo(2);
    assertThat(browse()).as("a server without variables").isEqualTo(1);
  }

  private int browse(String... more) {
    List<String> arguments =
        new java.util.ArrayList<>(
            List.of(
                "browse",
                "opc.tcp://127.0.0.1:" + port + "/test",
                "--policy",
                "None",
                "--data-dir",
                directory.resolve("data").toString()));
    if (!List.of(more).contains("--line")) {
      arguments.addAll(List.of("--line", "acme/graz/body/line-1"));
    }
    arguments.addAll(List.of(more));
    return EdgeCommands.run(arguments.toArray(String[]::new));
  }

  private static TagSettings tag(Map<String, TagSettings> tags, String name) {
    return Objects.requireNonNull(tags.get(name), name);
  }

  private static Map<String, TagSettings> tags(DeviceSettings device) {
    return device.tags().stream()
        .collect(
            Collectors.toMap(tag -> tag.description().key().name().value(), Function.identity()));
  }
}
