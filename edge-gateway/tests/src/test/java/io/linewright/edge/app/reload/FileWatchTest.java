package io.linewright.edge.app.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linewright.edge.config.EdgeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWatchTest {

  private static final String FILE =
      """
      version: 1
      gateway: {group: "acme:graz", node: gw-1}
      connections:
        - {id: m, driver: modbus-tcp, host: 127.0.0.1, port: 502, poll-interval: 1s}
      devices: []
      """;

  @TempDir private Path directory;
  private final List<EdgeFile> taken = new CopyOnWriteArrayList<>();
  private Path path;
  private FileTakeover takeover;

  @BeforeEach
  void start() throws Exception {
    path = Files.writeString(directory.resolve("edge.yaml"), FILE);
    takeover = new FileTakeover(GatewayFile.read(path), List.of(taken::add));
  }

  @Test
  void aChangedFileIsTakenWhileItRunsAndNotAfterwards() throws Exception {
    FileWatch watch = new FileWatch(takeover, Duration.ofMillis(10));
    watch.start();
    assertThat(watch.isRunning()).isTrue();
    write(FILE.replace("502", "503"));
    await().until(() -> takeover.status().taken() == 1);
    write(FILE.replace("502", "x"));
    await().until(() -> takeover.status().refused() == 1);
    watch.stop();
    Files.writeString(path, FILE);

    assertThat(watch.isRunning()).isFalse();
    assertThat(taken).hasSize(1);
    assertThat(takeover.status().problems().getFirst())
        .startsWith(path + ":4: connections[0].port: ");
  }

  /** At once: a file that is cut short and not filled again yet could be looked at twice. */
  private void write(String text) throws IOException {
    Path draft = Files.writeString(directory.resolve("draft"), text);
    Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
  }

  @Test
  void withoutIntervalNobodyLooks() {
    FileWatch watch = new FileWatch(takeover, Duration.ZERO);
    watch.start();

    assertThat(watch.isRunning()).isFalse();
    watch.stop();
  }

  @Test
  void aPartThatNeitherTakesTheNextNorTheOldFileIsToldLoudly() throws Exception {
    TakesFile broken =
        file -> {
          throw new IOException("disk full");
        };
    FileTakeover failing = new FileTakeover(GatewayFile.read(path), List.of(taken::add, broken));
    Files.writeString(path, FILE.replace("502", "503"));
    failing.look();
    failing.look();

    assertThat(failing.status().broken()).isTrue();
    assertThat(failing.status().problems())
        .hasSize(2)
        .last()
        .asString()
        .contains("restart the gateway");
    assertThat(new GatewayFileHealth(failing).health().getStatus().getCode()).isEqualTo("DOWN");
    assertThat(taken).as("next, then the old one again").hasSize(2);
  }
}
