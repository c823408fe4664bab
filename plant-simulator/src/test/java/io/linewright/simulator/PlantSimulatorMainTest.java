package io.linewright.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PlantSimulatorMainTest {

  @TempDir private Path directory = Path.of("unset");

  private final StringWriter errors = new StringWriter();

  @Test
  void aWrongPlantFileStopsTheStartWithFileLineFieldAndReason() throws Exception {
    Path file = Files.writeString(directory.resolve("p.yaml"), "version: 1\nspeed: 3\n");

    assertThat(run("--plant", file.toString())).isEqualTo(2);
    assertThat(errors.toString()).contains(file + ":2: speed: is unknown");
  }

  @Test
  void aMissingPlantFileIsNamed() {
    assertThat(run("--plant", "no-such-plant.yaml")).isEqualTo(3);
    assertThat(errors.toString()).contains("no-such-plant.yaml");
  }

  @Test
  void anUnknownOptionShowsTheUsage() {
    assertThat(run("--plan", "demo")).isEqualTo(2);
    assertThat(errors.toString()).contains("Unknown option").contains("--plant");
  }

  @Test
  void wrongNumbersAreRefused() {
    assertThat(run("--speed", "0")).isEqualTo(2);
    assertThat(run("--duration", "soon")).isEqualTo(2);
    assertThat(errors.toString()).contains("speed").contains("duration such as");
  }

  @Test
  void aTakenPortEndsTheProgramWithItsNumber() throws Exception {
    try (var taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      assertThat(run("--data-dir", directory.toString(), "--opcua-port", port)).isEqualTo(3);
      assertThat(errors.toString()).contains(port);
    }
  }

  private int run(String... arguments) {
    CommandLine line = PlantSimulatorMain.commandLine();
    line.setErr(new PrintWriter(errors, true));
    line.setOut(new PrintWriter(errors, true));
    return line.execute(arguments);
  }
}
