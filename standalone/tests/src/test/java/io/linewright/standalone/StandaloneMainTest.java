package io.linewright.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the program and the script as users do. */
class StandaloneMainTest {

  private record Ended(int exit, String output) {}

  @TempDir Path dir;

  @Test
  void unknownOptionShowsUsage() throws Exception {
    Ended ended = java("up", "--nonsense");

    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.output()).contains("Unknown option: '--nonsense'").contains("Usage:");
  }

  @Test
  void addressOfAnotherMachineIsRefusedBeforeAnythingIsMade() throws Exception {
    Ended ended = java("up", "--data", dir.resolve("data").toString(), "--bind", "203.0.113.77");

    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.output())
        .contains("--bind 203.0.113.77")
        .contains("no address of this machine");
    assertThat(dir).isEmptyDirectory();
  }

  @Test
  void missingGatewayFileIsNamed() throws Exception {
    Ended ended = java("up", "--data", dir.toString(), "--edge", dir.resolve("no.yaml").toString());

    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.output()).contains("no.yaml").contains("--edge FILE");
  }

  @Test
  void unknownServiceIsRefused() throws Exception {
    Ended ended = java("up", "--data", dir.toString(), "--services", "ingest,oven");

    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.output()).contains("'oven'");
  }

  @Test
  void scriptWithoutOrWithUnknownCommandShowsUsage() throws Exception {
    assertThat(script().exit()).isEqualTo(2);
    Ended unknown = script("fly");
    assertThat(unknown.exit()).isEqualTo(2);
    assertThat(unknown.output()).contains("unknown command 'fly'").contains("Usage: ./linewright");
    assertThat(script("test", "--short").exit()).isEqualTo(2);
  }

  @Test
  void scriptHelps() throws Exception {
    Ended help = script("help");

    assertThat(help.exit()).isZero();
    assertThat(help.output()).contains("up", "check", "bench", "test [--long]");
  }

  private Ended java(String... arguments) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-Xmx128m", "-cp", System.getProperty("java.class.path")));
    words.add(StandaloneMain.class.getName());
    words.addAll(List.of(arguments));
    return run(words);
  }

  // From another directory: the script must not depend on where it is called.
  private Ended script(String... arguments) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("bash", root().resolve("linewright").toString()));
    words.addAll(List.of(arguments));
    return run(words);
  }

  static Path root() {
    String root = System.getenv("LINEWRIGHT_ROOT");
    return root == null ? Path.of("..").toAbsolutePath() : Path.of(root);
  }

  private Ended run(List<String> words) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(words).directory(dir.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), output);
  }
}
