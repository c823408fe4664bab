package io.linewright.edge.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.linewright.edge.command.WriteGuard;
import io.linewright.edge.command.WriteGuard.Condition;
import io.linewright.edge.config.DeviceSettings;
import io.linewright.edge.config.TagSettings;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.equipment.ValueRange;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.SampleValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code write} in the gateway file. */
class WriteSectionTest {

  private static final String FILE =
      """
      version: 1
      gateway: {group: "acme:graz", node: gw-1}
      connections:
        - {id: c, driver: modbus-tcp, host: h, port: 502, poll-interval: 1s}
      devices:
        - path: acme/graz/a/l/m
          connection: c
          unit-id: 1
          tags:
            - {name: x, encoding: %s}
            - {name: door, register: "coil:1", encoding: bool, type: boolean}
        - path: acme/graz/a/l/robot
          connection: c
          unit-id: 2
          tags:
            - {name: mode, register: "holding:9", encoding: uint16, type: integer}
      """;

  private static final String SPEED = "float32, register: \"holding:3\", type: double, write: ";

  @TempDir private Path directory;

  @Test
  void everyKeyIsRead() throws Exception {
    assertThat(
            guard(
                SPEED
                    + "{range: [0, 100], rate: {most: 5, per: 1h}, tolerance: 0.01,"
                    + " interlock: [{tag: door, is: [true], max-age: 5s}],"
                    + " mode: [{tag: \"acme/graz/a/l/robot#mode\", is: [3, 4]}]}"))
        .contains(
            new WriteGuard(
                DataType.DOUBLE,
                Optional.of(new ValueRange(0, 100)),
                5,
                Duration.ofHours(1),
                List.of(
                    new Condition(
                        "interlock",
                        TagKey.parse("acme/graz/a/l/m#door"),
                        List.of(SampleValue.of(true)),
                        Optional.of(Duration.ofSeconds(5))),
                    new Condition(
                        "mode",
                        TagKey.parse("acme/graz/a/l/robot#mode"),
                        List.of(SampleValue.of(3L), SampleValue.of(4L)),
                        Optional.empty())),
                0.01));
  }

  @Test
  void whatIsLeftOutHasADefaultAndATagWithoutSectionIsNotWritten() throws Exception {
    assertThat(guard("bool, register: \"coil:2\", type: boolean, write: {}"))
        .contains(
            new WriteGuard(
                DataType.BOOLEAN, Optional.empty(), 10, Duration.ofMinutes(1), List.of(), 0));
    assertThat(guard("bool, register: \"coil:2\", type: boolean")).isEmpty();
  }

  @Test
  void mistakesAreNamed() throws Exception {
    assertThat(problems(SPEED + "{}"))
        .singleElement()
        .asString()
        .contains("edge.yaml:10: devices[0].tags[0].write: a tag of type double needs a range");
    assertThat(problems(SPEED + "{range: [9, 1], rate: {most: 0}, tolerance: -1, speed: 1}"))
        .hasSize(5)
        .anyMatch(p -> p.contains("write.range"))
        .anyMatch(p -> p.contains("write.rate.most: '0' is not in 1 to 1000"))
        .anyMatch(p -> p.contains("write.rate.per: is missing"))
        .anyMatch(p -> p.contains("write.tolerance: '-1' is out of range"))
        .anyMatch(p -> p.contains("write.speed: is not known"));
    assertThat(
            problems(
                SPEED
                    + "{range: [0, 1], interlock: [{tag: window, is: [true]},"
                    + " {tag: door, is: [shut]}, {tag: door, is: []}, {is: [1]}], mode: 3}"))
        .hasSize(5)
        .anyMatch(p -> p.contains("interlock[0].tag: 'acme/graz/a/l/m#window' is not in this file"))
        .anyMatch(p -> p.contains("interlock[1].is: 'shut' is no value of type boolean"))
        .anyMatch(p -> p.contains("interlock[2].is: has no value"))
        .anyMatch(p -> p.contains("interlock[3].tag: is missing"))
        .anyMatch(p -> p.contains("write.mode: is not a list"));
    assertThat(
            problems(
                "bool, register: \"discrete:1\", type: boolean,"
                    + " write: {range: [0, 1], tolerance: 1}"))
        .hasSize(3)
        .anyMatch(p -> p.contains("tags[0].write: a Modbus input cannot be written"))
        .anyMatch(p -> p.contains("write.range: is for numbers only"))
        .anyMatch(p -> p.contains("write.tolerance: is for tags of type double only"));
  }

  private Optional<WriteGuard> guard(String tag) throws Exception {
    DeviceSettings device = EdgeFileReader.read(file(tag)).devices().getFirst();
    TagSettings first = device.tags().getFirst();
    assertThat(device.tags().getLast().write()).isEmpty();
    return first.write();
  }

  private List<String> problems(String tag) throws Exception {
    Path file = file(tag);
    return catchThrowableOfType(EdgeFileException.class, () -> EdgeFileReader.read(file))
        .problems();
  }

  private Path file(String tag) throws Exception {
    return Files.writeString(directory.resolve("edge.yaml"), FILE.formatted(tag));
  }
}
