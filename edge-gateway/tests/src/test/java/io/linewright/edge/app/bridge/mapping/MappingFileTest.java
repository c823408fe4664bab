package io.linewright.edge.app.bridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.SparkplugAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappingFileTest {

  @TempDir Path directory = Path.of(".");

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("mapping.yaml"), text);
  }

  @Test
  void mapsNodesAndDevices() throws IOException {
    var mapping =
        MappingFile.read(
            file(
                """
                version: 1
                mappings:
                  - {group: Plant1, node: Edge7, path: acme/graz/edge-7}
                  - {group: Plant1, node: Edge7, device: Press A, path: acme/graz/body/line-1/p1}
                """));

    assertThat(mapping.equipmentOf(new SparkplugAddress("Plant1", "Edge7", Optional.empty())))
        .contains(EquipmentPath.parse("acme/graz/edge-7"));
    assertThat(mapping.equipmentOf(new SparkplugAddress("Plant1", "Edge7", Optional.of("Press A"))))
        .contains(EquipmentPath.parse("acme/graz/body/line-1/p1"));
    assertThat(mapping.equipmentOf(new SparkplugAddress("Plant1", "Edge8", Optional.empty())))
        .isEmpty();
  }

  @Test
  void everyProblemIsNamedWithLineFieldAndReason() throws IOException {
    Path wrong =
        file(
            """
            version: 2
            mappings:
              - {group: Plant1, node: Edge7, path: Not A Path}
              - {group: Plant1, path: acme/graz/edge-7}
              - {group: Plant1, node: Edge7, path: acme/graz/edge-7, colour: red}
              - {group: Plant1, node: Edge7, path: acme/graz/edge-8}
            """);

    assertThatThrownBy(() -> MappingFile.read(wrong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mapping.yaml:1: version must be 1")
        .hasMessageContaining("mapping.yaml:3: path")
        .hasMessageContaining("mapping.yaml:4: node is missing")
        .hasMessageContaining("mapping.yaml:5: colour is not known here")
        .hasMessageContaining("mapping.yaml:6: device the same ids are mapped twice");
  }

  @Test
  void textThatIsNoYamlIsRefusedWithItsLine() throws IOException {
    Path wrong = file("version: 1\nmappings: [\n");

    assertThatThrownBy(() -> MappingFile.read(wrong)).hasMessageContaining("not YAML");
  }
}
