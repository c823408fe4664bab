package io.linewright.simulator.edgefile;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.model.equipment.TagRole;
import io.linewright.simulator.modbus.RegisterMap;
import io.linewright.simulator.plant.PlantDescription;
import io.linewright.simulator.plantfile.PlantFile;
import io.linewright.simulator.tag.PlantTag;
import io.linewright.simulator.tag.PlantTags;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class EdgeFileWriterTest {

  @TempDir private Path directory = Path.of("unset");

  @Test
  void namesEveryTagOfThePlantOnceWithItsPlace() throws Exception {
    PlantDescription plant = PlantFile.load("demo");
    Map<?, ?> file = written(plant, 1).getFirst();

    List<String> names = new ArrayList<>();
    for (Object device : (List<?>) value(file, "devices")) {
      boolean modbus = value(device, "connection").equals("modbus");
      for (Object tag : (List<?>) value(device, "tags")) {
        names.add(value(device, "path") + "#" + value(tag, "name"));
        assertThat(TagRole.of(String.valueOf(value(tag, "role")))).isPresent();
        if (modbus) {
          assertThat(String.valueOf(value(tag, "register"))).matches("(holding|coil):\\d+");
        } else {
          assertThat(String.valueOf(value(tag, "node"))).startsWith("nsu=urn:linewright:plant;s=");
        }
      }
    }
    assertThat(names)
        .containsExactlyElementsOf(
            PlantTags.of(plant).stream().map(tag -> tag.description().key().toString()).toList());
  }

  @Test
  void namesPortsUserAndFilesRelativeToItself() throws Exception {
    Map<?, ?> file = written(PlantFile.load("demo"), 1).getFirst();

    List<?> connections = (List<?>) value(file, "connections");
    assertThat(value(connections.getFirst(), "endpoint"))
        .isEqualTo("opc.tcp://127.0.0.1:4840/linewright");
    Object security = value(connections.getFirst(), "security");
    assertThat(value(security, "password-file")).isEqualTo("data/opcua-password");
    assertThat(value(security, "trust-dir")).isEqualTo("data/trusted");
    assertThat(value(connections.getLast(), "port")).isEqualTo(5020);
  }

  @Test
  void samplingFollowsTheSpeed() throws Exception {
    assertThat(samplingOfFirstSignal(1)).isEqualTo("50ms");
    assertThat(samplingOfFirstSignal(0.5)).isEqualTo("100ms");
    assertThat(samplingOfFirstSignal(100)).isEqualTo("10ms");
  }

  @Test
  void severalSitesGetAFileEach() throws Exception {
    String line = "lines: [{path: a/l-1, machines: [{name: %s, type: t}]}]";
    PlantDescription plant =
        PlantFile.parse(
            "test",
            "{version: 1, machine-types: {t: {cycle-time: 5s}}, sites: ["
                + "{path: acme/graz, "
                + line.formatted("m-1")
                + "},"
                + "{path: acme/wien, "
                + line.formatted("m-2")
                + "}]}");

    List<Map<?, ?>> files = written(plant, 1);

    assertThat(files).hasSize(2);
    assertThat(directory.resolve("edge-graz.yaml")).exists();
    assertThat(value(value(files.getLast(), "gateway"), "group")).isEqualTo("acme:wien");
  }

  private Object samplingOfFirstSignal(double speed) throws Exception {
    Map<?, ?> file = written(PlantFile.load("load"), speed).getFirst();
    Object device = ((List<?>) value(file, "devices")).getFirst();
    return ((List<?>) value(device, "tags"))
        .stream()
            .filter(tag -> value(tag, "name").equals("signal/001"))
            .map(tag -> value(tag, "sampling"))
            .findFirst()
            .orElseThrow();
  }

  private List<Map<?, ?>> written(PlantDescription plant, double speed) throws Exception {
    List<PlantTag> tags = PlantTags.of(plant);
    Path data = directory.toAbsolutePath().resolve("data");
    var source =
        new EdgeFileSource(
            tags,
            RegisterMap.assign(tags),
            "127.0.0.1",
            "127.0.0.1",
            4840,
            5020,
            "edge",
            data.resolve("opcua-password"),
            data.resolve("trusted"),
            Duration.ofMillis(200),
            Duration.ofMillis(250),
            speed);
    List<Map<?, ?>> result = new ArrayList<>();
    for (Path file : new EdgeFileWriter(source).write(plant, directory.resolve("edge.yaml"))) {
      var load = new Load(LoadSettings.builder().build());
      result.add((Map<?, ?>) load.loadFromString(Files.readString(file)));
    }
    return result;
  }

  private static Object value(Object block, String name) {
    Object value = ((Map<?, ?>) block).get(name);
    assertThat(value).as(name).isNotNull();
    return value == null ? "" : value;
  }
}
