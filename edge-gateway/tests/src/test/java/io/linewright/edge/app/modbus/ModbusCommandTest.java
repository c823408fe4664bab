package io.linewright.edge.app.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linewright.edge.app.EdgeDrivers;
import io.linewright.edge.app.command.CommandDesk;
import io.linewright.edge.app.command.GatewayRules;
import io.linewright.edge.app.config.EdgeFileReader;
import io.linewright.edge.app.driver.RecordingSink;
import io.linewright.edge.command.Command;
import io.linewright.edge.config.EdgeFile;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.sample.SampleValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands from the gateway file's guards through the drivers to a Modbus device and back. */
class ModbusCommandTest {

  private static final TagKey SPEED = TagKey.parse("acme/graz/packaging/line-2/saw-1#speed");
  private static final String FILE =
      """
      version: 1
      gateway: {group: "acme:graz", node: gw-1}
      connections:
        - {id: m, driver: modbus-tcp, host: 127.0.0.1, port: %d, poll-interval: 100ms}
      devices:
        - path: acme/graz/packaging/line-2/saw-1
          connection: m
          unit-id: 1
          tags:
            - {name: mode, register: "holding:1", encoding: uint16, type: integer}
            - name: speed
              register: "holding:2"
              encoding: uint16
              type: integer
              write: {range: [0, 100], mode: [{tag: mode, is: [3]}]}
      """;

  private final List<String> told = new CopyOnWriteArrayList<>();
  @TempDir private Path directory;

  @Test
  void commandIsGuardedWrittenAndReadBack() throws Exception {
    RecordingSink sink = new RecordingSink();
    try (ScriptedDevice device = new ScriptedDevice()) {
      Path path = Files.writeString(directory.resolve("edge.yaml"), FILE.formatted(device.port()));
      EdgeFile file = EdgeFileReader.read(path);
      AtomicReference<EdgeDrivers> drivers = new AtomicReference<>();
      try (CommandDesk desk =
          CommandDesk.open(
              directory,
              GatewayRules.of(file),
              (tag, value, patience) -> drivers.get().write(tag, value, patience),
              step -> told.add(step.step() + ": " + step.detail()),
              InstantSource.system())) {
        desk.start();
        try (EdgeDrivers running =
            new EdgeDrivers(
                file, desk.watching(sink), InstantSource.system(), directory, new Random(1))) {
          drivers.set(running);
          running.start();
          await().until(() -> sink.tags() == 2);
          await().until(() -> SampleValue.of(0L).equals(sink.samples("mode").getLast().value()));
          desk.requested(command(1));
          await().until(() -> told.size() == 1);
          assertThat(told.getFirst()).startsWith("refused: mode ").endsWith(" is 0, must be 3");

          device.unit(1)[1] = 3;
          await().until(() -> SampleValue.of(3L).equals(sink.samples("mode").getLast().value()));
          desk.requested(command(2));
          await().until(() -> told.size() == 4);
          assertThat(told.subList(1, 4))
              .containsExactly("delivered: ", "written: ", "verified: the machine holds 42");
          assertThat(device.unit(1)[2]).isEqualTo((short) 42);
        }
      }
    }
  }

  private static Command command(int number) {
    Instant now = Instant.now();
    return new Command(
        new UUID(0, number),
        SPEED,
        SampleValue.of(42L),
        "anna",
        now,
        now.plus(Duration.ofMinutes(1)),
        "");
  }
}
