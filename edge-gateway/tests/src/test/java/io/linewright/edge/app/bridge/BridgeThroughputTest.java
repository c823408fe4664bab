package io.linewright.edge.app.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linewright.kit.topic.TopicProvisioner;
import io.linewright.model.topic.Topic;
import io.linewright.testkit.infrastructure.TestKafka;
import io.linewright.testkit.infrastructure.TestMqtt;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How much one bridge carries, and what it costs; prints its figures. */
@Tag("long")
class BridgeThroughputTest {

  private static final int VALUES_PER_RECORD = 100;
  private static final int SECONDS = 20;

  @Test
  void carriesTwentyThousandValuesPerSecond() throws Exception {
    try (TestKafka kafka = TestKafka.start();
        TestMqtt mqtt = TestMqtt.start()) {
      try (var admin = kafka.admin()) {
        TopicProvisioner.ensureAll(admin, Topic.values());
      }
      try (RunningBridge running =
              new RunningBridge(kafka.bootstrapServers(), mqtt.url(), null, 0);
          TestGateway gateway =
              new TestGateway(mqtt.url(), "gw-load", VALUES_PER_RECORD - 1, 0, 99)) {
        gateway.produce(2_000);
        await().atMost(Duration.ofSeconds(60)).until(() -> gateway.confirmed() == 2_000);
        measure(running, gateway, "paced at 20,000/s", 200);
        measure(running, gateway, "as fast as possible", 100_000);
      }
    }
  }

  private static void measure(
      RunningBridge running, TestGateway gateway, String name, int recordsPerSecond)
      throws InterruptedException {
    long firstRecord = gateway.confirmed();
    long cpu = bridgeCpuNanos();
    long transactions = running.status.transactions();
    long begin = System.nanoTime();
    var clock = new java.util.concurrent.CountDownLatch(1);
    ArrayDeque<long[]> waiting = new ArrayDeque<>();
    List<Long> latencies = new ArrayList<>();
    while (System.nanoTime() - begin < SECONDS * 1_000_000_000L) {
      long now = System.nanoTime();
      long due = (now - begin) * recordsPerSecond / 1_000_000_000L;
      gateway.produce(firstRecord + due);
      waiting.add(new long[] {firstRecord + due, now});
      long[] oldest = waiting.peek();
      while (oldest != null && oldest[0] <= gateway.confirmed()) {
        latencies.add((now - oldest[1]) / 1_000_000);
        waiting.remove();
        oldest = waiting.peek();
      }
      clock.await(2, java.util.concurrent.TimeUnit.MILLISECONDS);
    }
    long end = gateway.confirmed();
    gateway.produce(end);
    latencies.sort(null);
    double seconds = (System.nanoTime() - begin) / 1e9;
    double rate = (end - firstRecord) * VALUES_PER_RECORD / seconds;
    System.out.printf(
        "bridge, %s: sent to confirmed p50 %d ms, p99 %d ms; %.0f values/s, %.1f transactions/s, worker %.1f %% of a core, gaps %d%n",
        name,
        latencies.get(latencies.size() / 2),
        latencies.get(latencies.size() * 99 / 100),
        rate,
        (running.status.transactions() - transactions) / seconds,
        (bridgeCpuNanos() - cpu) / seconds / 1e7,
        running.status.total().gaps());
    if (recordsPerSecond == 200) {
      assertThat(rate).isGreaterThan(19_000);
    }
  }

  private static long bridgeCpuNanos() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long sum = 0;
    for (long id : threads.getAllThreadIds()) {
      var info = threads.getThreadInfo(id);
      if (info != null
          && (info.getThreadName().equals("bridge")
              || info.getThreadName().contains("linewright-host")
              || info.getThreadName().contains("producer-linewright-bridge"))) {
        sum += Math.max(0, threads.getThreadCpuTime(id));
      }
    }
    return sum;
  }
}
