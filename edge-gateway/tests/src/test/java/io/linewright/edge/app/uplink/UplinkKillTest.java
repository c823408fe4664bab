package io.linewright.edge.app.uplink;

import static io.linewright.edge.app.uplink.TestPlant.COUNT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linewright.edge.app.uplink.link.UplinkSettings;
import io.linewright.testkit.infrastructure.TestMqtt;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway dies by SIGKILL at each of its named points; what it had stored arrives, once. */
@Tag("long")
class UplinkKillTest {

  /** At most one group was not stored yet: 50 ms of a value every 2 ms, and what a pause adds. */
  private static final int ONE_GROUP = 1000;

  @TempDir Path directory;

  @Test
  void valuesThatWereStoredArriveOnceAfterEveryKill() throws Exception {
    List<String> points =
        List.of(
            LogKeeper.BETWEEN_LOG_AND_SEND + ":5",
            LogKeeper.BEFORE_LOG + ":7",
            LogKeeper.AFTER_HOUSEKEEPING + ":1",
            LogKeeper.BETWEEN_LOG_AND_SEND + ":60");
    try (TestMqtt broker = TestMqtt.start();
        FakeBridge bridge = new FakeBridge(broker.url())) {
      bridge.online(true, 1);
      List<Long> ends = new ArrayList<>();
      long next = 0;
      for (String point : points) {
        next = killed(broker.url(), point, next) + 1;
        ends.add(next);
      }
      try (Uplink last =
          Uplink.builder(TestPlant.file(), directory, UplinkSettings.of(broker.url())).start()) {
        await()
            .atMost(Duration.ofMinutes(1))
            .until(() -> last.ready() && last.unconfirmedRecords() == 0);
        await().until(() -> !bridge.losses.isEmpty());
      }

      List<Long> values = bridge.of(COUNT.value()).stream().map(s -> (Long) s.value()).toList();
      assertThat(values).doesNotHaveDuplicates();
      assertOnlyTailsAreMissing(new HashSet<>(values), ends);
      // Losses of one reason are one record as long as they are not told.
      assertThat(bridge.losses)
          .hasSizeLessThanOrEqualTo(points.size())
          .allMatch(l -> l.contains("without closing its log"));
      assertThat(bridge.trouble).isEmpty();
    }
  }

  private static void assertOnlyTailsAreMissing(Set<Long> values, List<Long> ends) {
    long begin = 0;
    for (long end : ends) {
      long first = begin;
      while (first < end && values.contains(first)) {
        first++;
      }
      assertThat(end - first).as("missing of %d to %d", begin, end).isLessThan(ONE_GROUP);
      for (long rest = first; rest < end; rest++) {
        assertThat(values).as("behind the first that is missing").doesNotContain(rest);
      }
      begin = end;
    }
    assertThat(values).hasSizeGreaterThan(20);
  }

  /** Runs until the kill; the last number that was handed in. */
  private long killed(String url, String point, long first) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                KilledGateway.class.getName(),
                url,
                directory.toString(),
                point,
                Long.toString(first))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    long last = first - 1;
    try (BufferedReader out = process.inputReader()) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.matches("\\d+")) {
          last = Long.parseLong(line);
        }
      }
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as("killed by SIGKILL at %s", point).isEqualTo(137);
    return last;
  }
}
