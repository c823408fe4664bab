package io.linewright.edge.app.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linewright.edge.sampling.SampleSink;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagName;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * Breaks a connection a thousand times, each time until a new value has come through, and compares
 * threads, sockets and heap of this process, server and proxy included, with what they were after
 * the first fifty.
 */
public final class ReconnectLeaks implements SampleSink {

  private static final int WARM = 50;
  private static final int ALL = 1000;
  private static final int MORE_THREADS = 10;
  private static final int MORE_SOCKETS = 10;
  private static final long MORE_HEAP_BYTES = 16L << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Keeps nothing but the newest good number. */
  private volatile long newest = -1;

  @Override
  public void accept(EquipmentPath device, TagName tag, Sample sample) {
    if (sample.value() instanceof SampleValue.IntegerValue number) {
      newest = number.value();
    }
  }

  private record Held(int threads, long sockets, long heapBytes) {

    static Held now() {
      System.gc();
      System.gc();
      return new Held(
          ManagementFactory.getThreadMXBean().getThreadCount(),
          openSockets(),
          ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }

    private static long openSockets() {
      try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
        return files.filter(Held::isSocket).count();
      } catch (IOException notLinux) {
        throw new UncheckedIOException(notLinux);
      }
    }

    private static boolean isSocket(Path file) {
      try {
        return Files.readSymbolicLink(file).toString().startsWith("socket:");
      } catch (IOException closedMeanwhile) {
        return false;
      }
    }
  }

  /**
   * Runs the test.
   *
   * @param change gives the tag a new value at the device
   */
  public void assertNone(CutProxy proxy, LongConsumer change) {
    reconnect(proxy, change, 0, WARM);
    Held before = Held.now();
    reconnect(proxy, change, WARM, ALL);
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(() -> compare(before, Held.now()));
    System.out.printf("after %d reconnects %s, after %d %s%n", WARM, before, ALL, Held.now());
  }

  private static void compare(Held before, Held after) {
    assertThat(after.threads()).as("threads").isLessThanOrEqualTo(before.threads() + MORE_THREADS);
    assertThat(after.sockets()).as("sockets").isLessThanOrEqualTo(before.sockets() + MORE_SOCKETS);
    assertThat(after.heapBytes())
        .as("heap")
        .isLessThanOrEqualTo(before.heapBytes() + MORE_HEAP_BYTES);
  }

  private void reconnect(CutProxy proxy, LongConsumer change, int from, int to) {
    for (int i = from; i < to; i++) {
      proxy.drop();
      long value = 1 + i;
      change.accept(value);
      await()
          .atMost(PATIENCE)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(5))
          .until(() -> newest == value);
    }
  }
}
