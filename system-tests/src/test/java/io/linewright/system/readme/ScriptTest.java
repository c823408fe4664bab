package io.linewright.system.readme;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.bench.plant.Json;
import io.linewright.system.contract.Repository;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script itself, as a user calls it, on what this build has packaged. */
@Order(3)
class ScriptTest {

  @TempDir Path directory;

  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void end() throws InterruptedException {
    for (Process process : started) {
      process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void upStartsThePlantAndStopsWhenAsked() throws Exception {
    assumePackaged();
    Path data = directory.resolve("data");
    Process up = linewright("up", "--data", data.toString(), "--free-ports");

    Path addresses = data.resolve("addresses.json");
    Awaitility.await("the plant that the script starts")
        .atMost(Duration.ofMinutes(4))
        .failFast("it ended: " + output(), () -> !up.isAlive())
        .until(() -> Files.exists(addresses));
    String page = Json.parse(Files.readString(addresses)).path("dashboard").asString();
    try (HttpClient http = HttpClient.newHttpClient()) {
      assertThat(
              http.send(
                      HttpRequest.newBuilder(URI.create(page))
                          .header("Accept", "text/html")
                          .build(),
                      BodyHandlers.ofString())
                  .statusCode())
          .as("the page asks a browser who is there")
          .isIn(302, 303);
    }

    up.destroy();
    assertThat(up.waitFor(2, TimeUnit.MINUTES)).as("it stops when asked").isTrue();
    assertThat(output()).contains("Ready in").contains("credentials.json");
    assertThat(addresses).doesNotExist();
  }

  @Test
  @Tag("long")
  void checkBalances() throws Exception {
    assumePackaged();
    Process check = linewright("check", "--seconds", "20");

    assertThat(check.waitFor(8, TimeUnit.MINUTES)).isTrue();

    assertThat(check.exitValue()).as(output()).isZero();
    List<String> lines = output().lines().filter(line -> line.startsWith("{")).toList();
    assertThat(Json.parse(lines.getLast()).path("check").asString()).isEqualTo("pipeline");
  }

  @Test
  void helpNamesTheCommandsAndAnUnknownOneIsWrongUse() throws Exception {
    Process help = linewright("help");
    assertThat(help.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(help.exitValue()).isZero();
    assertThat(output()).contains("up [OPTIONS]").contains("test [--long]");

    Process unknown = linewright("fly");
    assertThat(unknown.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(unknown.exitValue()).isEqualTo(2);
    assertThat(output()).contains("unknown command 'fly'");
  }

  private Process linewright(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Repository.root().resolve("linewright").toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output").toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private String output() throws IOException {
    Path file = directory.resolve("output");
    return Files.exists(file) ? Files.readString(file) : "";
  }

  // The script would build otherwise, in the middle of the build that runs this test.
  private static void assumePackaged() throws IOException {
    for (String module : List.of("standalone", "benchmarks")) {
      Path jar =
          Repository.root().resolve(module + "/target/" + module + "-0.1.0-SNAPSHOT-exec.jar");
      Assumptions.assumeTrue(
          Files.exists(jar), "nothing is packaged: run ./linewright test or mvn verify");
    }
  }
}
