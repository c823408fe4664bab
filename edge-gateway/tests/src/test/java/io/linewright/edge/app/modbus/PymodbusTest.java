package io.linewright.edge.app.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.linewright.edge.app.driver.WriteOutcome;
import io.linewright.edge.config.ModbusOptions;
import io.linewright.edge.config.ModbusOptions.Framing;
import io.linewright.edge.config.RegisterForm;
import io.linewright.edge.config.RegisterForm.Padding;
import io.linewright.edge.config.TagAddress.Encoding;
import io.linewright.edge.config.TagAddress.Table;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.testkit.infrastructure.FreePorts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against a pymodbus server (package {@code python3-pymodbus}); skipped where there is none. */
@Tag("long")
class PymodbusTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path directory;
  private String python = "";
  private int port;
  private @Nullable Process server;
  private Rig rig;

  @BeforeEach
  void findPymodbus() throws Exception {
    rig = new Rig(directory);
    Optional<String> found = Optional.empty();
    for (String candidate : List.of("python3", "/usr/bin/python3")) {
      if (found.isEmpty() && knowsPymodbus(candidate)) {
        found = Optional.of(candidate);
      }
    }
    assumeTrue(
        found.isPresent(),
        "no Python with pymodbus; install python3-pymodbus, python3-serial, python3-serial-asyncio");
    python = found.orElseThrow();
    port = FreePorts.next();
  }

  private static boolean knowsPymodbus(String candidate) throws InterruptedException {
    try {
      return new ProcessBuilder(candidate, "-c", "import pymodbus.server").start().waitFor() == 0;
    } catch (IOException missing) {
      return false;
    }
  }

  @AfterEach
  void closeAll() throws Exception {
    rig.close();
    kill();
  }

  private void kill() throws InterruptedException {
    Process running = server;
    if (running != null) {
      running.destroyForcibly().waitFor();
    }
  }

  private void startServer(Framing framing) throws IOException {
    Path script = directory.resolve("server.py");
    try (InputStream in =
        Objects.requireNonNull(PymodbusTest.class.getResourceAsStream("pymodbus_server.py"))) {
      Files.write(script, in.readAllBytes());
    }
    server =
        new ProcessBuilder(
                python,
                script.toString(),
                Integer.toString(port),
                framing == Framing.TCP ? "tcp" : "rtu-over-tcp")
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(directory.resolve("server.log").toFile()))
            .start();
  }

  private void startRig(Framing framing) {
    rig.timing(200, 1000)
        .options(new ModbusOptions(framing, 1, 125, 2000, 16, List.of(), Set.of(5, 6, 15, 16, 22)));
    rig.words(1, 10);
    rig.tag(1, "input", Table.INPUT, 123, Encoding.UINT16, RegisterForm.PLAIN, DataType.INTEGER);
    rig.tag(1, "door", Table.DISCRETE, 9, Encoding.BOOL, RegisterForm.PLAIN, DataType.BOOLEAN);
    rig.tag(1, "coil", Table.COIL, 9, Encoding.BOOL, RegisterForm.PLAIN, DataType.BOOLEAN);
    rig.tag(1, "bit", Table.HOLDING, 20, Encoding.BOOL, RegisterForm.ofBit(3), DataType.BOOLEAN);
    rig.tag(1, "pi", Table.HOLDING, 22, Encoding.FLOAT64, RegisterForm.PLAIN, DataType.DOUBLE);
    rig.tag(
        1,
        "text",
        Table.HOLDING,
        30,
        Encoding.STRING,
        RegisterForm.text(13, Padding.SPACE),
        DataType.STRING);
    rig.tag(1, "absent", Table.HOLDING, 203, Encoding.UINT16, RegisterForm.PLAIN, DataType.INTEGER);
    rig.start(port);
  }

  private void awaitAllGoodButTheAbsent() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              for (String name :
                  List.of("r0", "r9", "input", "door", "coil", "bit", "pi", "text")) {
                assertThat(rig.sink.latest(name)).as(name).isEqualTo(StatusCode.GOOD);
              }
              assertThat(rig.sink.latest("absent")).isEqualTo(StatusCode.BAD_CONFIGURATION_ERROR);
            });
  }

  @ParameterizedTest
  @EnumSource
  void valuesAreReadAndWritten(Framing framing) throws Exception {
    startServer(framing);
    startRig(framing);
    awaitAllGoodButTheAbsent();
    assertThat(rig.sink.samples("input").getLast().value()).isEqualTo(SampleValue.of(123L));
    assertThat(rig.sink.samples("door").getLast().value()).isEqualTo(SampleValue.of(true));

    assertWritten("r3", SampleValue.of(4711L));
    assertWritten("coil", SampleValue.of(true));
    assertWritten("bit", SampleValue.of(true));
    assertWritten("pi", SampleValue.of(Math.PI));
    assertWritten("text", SampleValue.of("Größe 7"));
    assertThat(rig.write("absent", SampleValue.of(1L)).get(60, TimeUnit.SECONDS))
        .isInstanceOf(WriteOutcome.Refused.class);
    assertThat(rig.statistics().strayAnswers()).isZero();
    assertThat(rig.statistics().garbledAnswers()).isZero();
  }

  private void assertWritten(String name, SampleValue value) throws Exception {
    assertThat(rig.write(name, value).get(60, TimeUnit.SECONDS))
        .as(name)
        .isEqualTo(new WriteOutcome.Verified(value));
  }

  @ParameterizedTest
  @EnumSource
  void serverThatRestartsAndStopsComesBack(Framing framing) throws Exception {
    startServer(framing);
    startRig(framing);
    awaitAllGoodButTheAbsent();

    kill();
    await()
        .atMost(PATIENCE)
        .until(() -> rig.sink.latest("r0").equals(StatusCode.BAD_NO_COMMUNICATION));
    startServer(framing);
    awaitAllGoodButTheAbsent();

    signal("-STOP");
    await()
        .atMost(PATIENCE)
        .until(() -> rig.sink.latest("r9").equals(StatusCode.BAD_NO_COMMUNICATION));
    signal("-CONT");
    awaitAllGoodButTheAbsent();
    assertWritten("r9", SampleValue.of(99L));
  }

  private void signal(String name) throws Exception {
    assertThat(
            new ProcessBuilder("kill", name, Long.toString(Objects.requireNonNull(server).pid()))
                .start()
                .waitFor())
        .isZero();
  }
}
