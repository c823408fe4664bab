package io.linewright.system.readme;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.bench.plant.Json;
import io.linewright.bench.plant.RestClient;
import io.linewright.system.contract.Repository;
import io.linewright.system.plant.PlantFixture;
import io.linewright.system.plant.SharedPlant;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Every command of the README is run as it stands there, but for directory and port. */
@Order(PlantFixture.SHARED)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ExtendWith(SharedPlant.class)
class ReadmeCommandsTest {

  /** How each command begins, and who runs it. */
  private static final Map<String, String> RUN_BY =
      Map.of(
          "./linewright up", "ScriptTest.upStartsThePlantAndStopsWhenAsked",
          "./linewright up --no-simulator --edge my-plant.yaml", "ownServerIsReadAsDescribed",
          "./linewright edge browse opc.tcp://192.0.2.10:4840 --line acme/graz/body/line-1 --out my-plant.yaml",
              "EdgeCommandsTest, against a server of its own",
          "./linewright test", ".ci/run, see continuousIntegrationRunsTheTests",
          "./linewright check", "WholeTripTest by the same code, TripRun; ScriptTest with --long",
          "kcat", "kcatReadsTheEvents",
          "SECRET=", "restAnswers",
          "TOKEN=", "restAnswers",
          "curl", "restAnswers");

  private record Ended(int exit, String output, String errors) {}

  @TempDir Path directory;

  @Test
  void everyCommandIsRunSomewhere() throws Exception {
    assertThat(Readme.read().commands())
        .isNotEmpty()
        .allSatisfy(
            command ->
                assertThat(RUN_BY.keySet())
                    .as("who runs '%s'", command)
                    .anyMatch(
                        known ->
                            known.startsWith("./")
                                ? command.equals(known)
                                : command.startsWith(known)));
  }

  @Test
  void continuousIntegrationRunsTheTests() throws Exception {
    assertThat(Files.readString(Repository.root().resolve(".ci/run")))
        .contains("/linewright\" test");
  }

  @Test
  void kcatReadsTheEvents(PlantFixture plant) throws Exception {
    assumeInstalled("kcat");
    String command = adapted(Readme.read().shell("kcat"), plant);

    Awaitility.await("an event by " + command)
        .atMost(Duration.ofSeconds(60))
        .until(() -> !shell(command).output().isBlank());
    Ended ended = shell(command);

    assertThat(ended.exit()).as(ended.errors()).isZero();
    assertThat(ended.output().lines())
        .allSatisfy(event -> assertThat(Json.parse(event).isObject()).isTrue());
  }

  @Test
  void restAnswers(PlantFixture plant) throws Exception {
    assumeInstalled("curl");
    assumeInstalled("python3");

    Ended ended = shell(adapted(Readme.read().shell("curl"), plant));

    assertThat(ended.exit()).as(ended.errors()).isZero();
    assertThat(Json.parse(ended.output()).path("values")).isNotEmpty();
    assertThat(ended.output())
        .contains("acme/graz/machining/line-1")
        .doesNotContain("acme/graz/packaging");
  }

  /**
   * The machine of the example does not exist: its tags are there all the same, without a value.
   */
  @Test
  @Tag("long")
  @Order(1) // before the shared plant runs
  void ownServerIsReadAsDescribed() throws Exception {
    Readme readme = Readme.read();
    Path file = directory.resolve("my-plant.yaml");
    Files.writeString(file, readme.blocks("yaml").getFirst());
    String command = readme.shell("--edge my-plant.yaml").replace("my-plant.yaml", file.toString());
    List<String> options = List.of(command.replace("./linewright up ", "").split(" "));

    try (PlantFixture plant = PlantFixture.start(options);
        RestClient rest = plant.client()) {
      Awaitility.await("the tags of my-plant.yaml by REST")
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptionsInstanceOf(IOException.class)
          .untilAsserted(
              () ->
                  assertThat(rest.get("/api/v1/tags?equipment=acme/graz/body").toString())
                      .contains("bearing/temperature")
                      .contains("count/good"));
    }
  }

  private static String adapted(String command, PlantFixture plant) {
    String dashboard = plant.plant().addresses().path("dashboard").asString().replaceAll("/$", "");
    assertThat(command).contains("data/");
    return command.replace("data/", plant.data() + "/").replace("http://127.0.0.1:8080", dashboard);
  }

  private static void assumeInstalled(String program) throws Exception {
    Assumptions.assumeTrue(
        shell("command -v " + program).exit() == 0,
        program + " is not installed: apt-get install " + program);
  }

  private static Ended shell(String command) throws IOException, InterruptedException {
    Path errors = Files.createTempFile("linewright-shell-", ".err");
    try {
      Process process =
          new ProcessBuilder("bash", "-eu", "-o", "pipefail", "-c", command)
              .redirectError(errors.toFile())
              .start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return new Ended(process.exitValue(), output, Files.readString(errors));
    } finally {
      Files.delete(errors);
    }
  }
}
