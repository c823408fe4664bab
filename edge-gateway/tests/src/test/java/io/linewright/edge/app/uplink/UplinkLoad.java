package io.linewright.edge.app.uplink;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.linewright.edge.app.uplink.link.UplinkSettings;
import io.linewright.edge.config.DeviceSettings;
import io.linewright.edge.config.EdgeFile;
import io.linewright.model.equipment.TagName;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.testkit.infrastructure.TestMqtt;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.slf4j.LoggerFactory;

/**
 * Measures what the uplink costs: {@code UplinkLoad [values per second] [seconds]}. Feeds 50
 * devices with 20 tags each, against a broker in the same JVM, and prints the processor time of the
 * uplink's own threads.
 */
final class UplinkLoad {

  private UplinkLoad() {}

  public static void main(String[] arguments) throws Exception {
    int rate = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 25_000;
    int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
    Path directory = Files.createTempDirectory("uplink-load");
    EdgeFile file = TestPlant.file(50, 20);
    try (TestMqtt broker = TestMqtt.start();
        FakeBridge bridge = new FakeBridge(broker.url());
        Uplink uplink = Uplink.builder(file, directory, UplinkSettings.of(broker.url())).start()) {
      bridge.remembering = false;
      bridge.confirming = false;
      Thread confirmer = Thread.ofPlatform().daemon().start(() -> confirm(bridge));
      bridge.online(true, 1);
      while (!uplink.ready()) {
        LockSupport.parkNanos(10_000_000);
      }
      feed(uplink, file, rate, 5);
      Map<String, Long> before = processorNanos();
      long start = System.nanoTime();
      long fed = feed(uplink, file, rate, seconds);
      double elapsed = (System.nanoTime() - start) / 1e9;
      confirmer.interrupt();
      Map<String, Long> after = processorNanos();
      long cost = 0;
      for (Map.Entry<String, Long> thread : after.entrySet()) {
        long nanos = thread.getValue() - before.getOrDefault(thread.getKey(), 0L);
        cost += nanos;
        System.out.printf("%-40s %6.1f %% of a core%n", thread.getKey(), nanos / elapsed / 1e7);
      }
      System.out.printf(
          "{\"bench\":\"uplink\",\"values_per_s\":%.0f,\"core_percent\":%.1f,\"unconfirmed\":%d,"
              + "\"totals\":\"%s\",\"received\":%d,\"duplicates\":%d,\"gaps\":%d,\"backfill\":%d}%n",
          fed / elapsed,
          cost / elapsed / 1e7,
          uplink.unconfirmedRecords(),
          uplink.totals(),
          bridge.received,
          bridge.duplicates,
          bridge.gaps,
          bridge.position("backfill"));
    }
  }

  /** Confirms every 50 ms, as the real bridge does after its transactions. */
  private static void confirm(FakeBridge bridge) {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        bridge.confirm();
      } catch (MqttException busy) {
        continue;
      }
      LockSupport.parkNanos(50_000_000);
    }
  }

  private static long feed(Uplink uplink, EdgeFile file, int rate, int seconds) throws Exception {
    long fed = 0;
    long start = System.nanoTime();
    for (int tick = 0; tick < seconds * 100; tick++) {
      long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
      for (int i = 0; i < rate / 100; i++) {
        DeviceSettings device = file.devices().get(i % 50);
        TagName tag = device.tags().get((int) (fed / 50 % 20)).description().key().name();
        Sample sample = new Sample(SampleValue.of(fed * 0.5), StatusCode.GOOD, now + i, 0);
        uplink.accept(device.path(), tag, sample);
        fed++;
      }
      LockSupport.parkNanos(start + (tick + 1) * 10_000_000L - System.nanoTime());
    }
    return fed;
  }

  private static Map<String, Long> processorNanos() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    Map<String, Long> nanos = new TreeMap<>();
    for (ThreadInfo info : threads.dumpAllThreads(false, false)) {
      String name = info.getThreadName();
      if (name.startsWith("edge-") || name.contains("linewright-acme-graz-gw-1")) {
        nanos.merge(name, threads.getThreadCpuTime(info.getThreadId()), Long::sum);
      }
    }
    return nanos;
  }
}
