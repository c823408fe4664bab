package io.linewright.edge.app.uplink;

import static io.linewright.edge.app.uplink.TestPlant.COUNT;
import static io.linewright.edge.app.uplink.TestPlant.MILL;
import static io.linewright.edge.app.uplink.TestPlant.count;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.linewright.edge.app.uplink.link.UplinkSettings;
import io.linewright.testkit.infrastructure.TestMqtt;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real disk that is really full: a small file system in memory, which only root may mount. */
@Tag("long")
@SuppressWarnings("NullAway.Init") // set before the test
class FullDiskTest {

  private static final Pattern COUNT_OF_LOSS = Pattern.compile("\"count\":(\\d+)");

  @TempDir Path directory;
  private Path disk;
  private boolean mounted;
  private long next;
  private final long t0 = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(directory.resolve("disk"));
    mounted = run("mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", disk.toString());
    assumeTrue(mounted, "only root may mount a small file system");
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      run("umount", "-l", disk.toString());
    }
  }

  @Test
  void everyValueArrivesOrIsToldLostAndTheGatewayGoesOn() throws Exception {
    UplinkSettings away = UplinkSettings.of("tcp://127.0.0.1:1").withDiskReserve(2L << 20);
    Path log = disk.resolve("log");
    try (Uplink uplink = Uplink.builder(TestPlant.file(), log, away).start()) {
      await()
          .atMost(Duration.ofMinutes(2))
          .until(
              () -> {
                put(uplink, 20_000);
                return uplink.totals().lost() > 0;
              });
      Path ballast = disk.resolve("ballast");
      fill(ballast);
      put(uplink, 100_000);
      Files.delete(ballast);
      put(uplink, 20_000);
      assertThat(uplink.running()).isTrue();
    }
    try (TestMqtt broker = TestMqtt.start();
        FakeBridge bridge = new FakeBridge(broker.url())) {
      bridge.remembering = false;
      bridge.online(true, 1);
      UplinkSettings there = UplinkSettings.of(broker.url()).withDiskReserve(2L << 20);
      try (Uplink uplink = Uplink.builder(TestPlant.file(), log, there).start()) {
        await()
            .atMost(Duration.ofMinutes(2))
            .untilAsserted(
                () -> assertThat(bridge.receivedOfDevices + told(bridge)).isEqualTo(next));
        assertThat(told(bridge)).isPositive();
        assertThat(uplink.running()).isTrue();
      }
      assertThat(bridge.trouble).isEmpty();
    }
  }

  private static long told(FakeBridge bridge) {
    return bridge.losses.stream()
        .filter(loss -> loss.contains(MILL.toString()))
        .map(COUNT_OF_LOSS::matcher)
        .filter(Matcher::find)
        .mapToLong(found -> Long.parseLong(found.group(1)))
        .sum();
  }

  private void put(Uplink uplink, int values) throws InterruptedException {
    for (int i = 0; i < values; i++, next++) {
      uplink.accept(MILL, COUNT, count(t0 + next, next));
    }
  }

  private static void fill(Path ballast) throws IOException {
    byte[] block = new byte[4096];
    try (OutputStream out = Files.newOutputStream(ballast)) {
      for (int i = 0; i < 100_000; i++) {
        out.write(block);
      }
    } catch (IOException full) {
      return;
    }
    throw new IOException("the disk is larger than it should be");
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.inputReader().lines().forEach(line -> {});
    return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
  }
}
