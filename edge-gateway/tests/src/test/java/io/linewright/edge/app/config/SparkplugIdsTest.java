package io.linewright.edge.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.SparkplugAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which ids a gateway file lets onto Sparkplug. */
class SparkplugIdsTest {

  @TempDir private Path directory;

  @Test
  void idsHaveNoUpperCaseAndNoReservedCharacters() throws Exception {
    for (String id : new String[] {"GW-1", "gw/1", "gw+1", "gw#1", "", "g w"}) {
      assertThat(problems("acme:graz", id, "acme/graz/body/line-1/p")).contains("gateway.node");
    }
    for (String id : new String[] {"Acme:graz", "acme", "acme:gr/az", "acme:+", "acme:#"}) {
      assertThat(problems(id, "gw-1", "acme/graz/body/line-1/p")).contains("gateway.group");
    }
    assertThatThrownBy(() -> EquipmentPath.parse("acme/graz/Body"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void deviceIsThereOnlyOnceInAGateway() throws Exception {
    assertThat(problems("acme:graz", "gw-1", "acme/graz/body/line-1/p", "acme/graz/body/line-1/p"))
        .contains("is given twice; give every device its own path");
  }

  @Test
  void oneDeviceIdMayStandUnderSeveralNodes() {
    EquipmentPath press = EquipmentPath.parse("acme/graz/body/line-1/press-01");

    assertThat(SparkplugAddress.ofDevice(press, "gw-1").device())
        .isEqualTo(SparkplugAddress.ofDevice(press, "gw-2").device());
  }

  private String problems(String group, String node, String... paths) throws Exception {
    StringBuilder yaml = new StringBuilder("version: 1\n");
    yaml.append("gateway: {group: \"%s\", node: \"%s\"}\n".formatted(group, node));
    yaml.append("connections:\n  - {id: m, driver: modbus-tcp, host: 127.0.0.1, port: 502}\n");
    yaml.append("devices:\n");
    for (String path : paths) {
      yaml.append(
          "  - path: %s\n    connection: m\n    unit-id: 1\n    tags: []\n".formatted(path));
    }
    Path file = directory.resolve("edge.yaml");
    Files.writeString(file, yaml);
    try {
      EdgeFileReader.read(file);
      return "";
    } catch (EdgeFileException refused) {
      return String.valueOf(refused.getMessage());
    }
  }
}
