package io.linewright.oee.app;

import static io.linewright.oee.app.PlantEvents.sample;
import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.kit.exactlyonce.ExactlyOnce;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.SampleValue;
import io.linewright.testkit.infrastructure.TestKafka;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import io.linewright.testkit.security.TestTokens;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * How fast events of one line, and so of one partition, get into their logs. Kafka, PostgreSQL and
 * the service share the machine; the figures go to the output.
 */
@Tag("long")
@ExtendWith(TestServers.class)
class EventRateTest {

  private static final int MACHINES = 10;
  private static final int EVENTS = 400_000;

  @Test
  void drainsAFilledPartition(TestPostgres postgres) throws Exception {
    // Of its own: whoever comes after would have to store all of it, too.
    try (TestKafka kafka = TestKafka.start();
        TestTokens tokens = TestTokens.start()) {
      OeeUnderTest.topics(kafka);
      long begin = Instant.now().getEpochSecond() * 1_000_000 - 86_400_000_000L;
      try (PlantEvents plant = new PlantEvents(kafka.bootstrapServers())) {
        for (int i = 0; i < EVENTS; i++) {
          plant.queue(
              plant.told(
                  "acme/graz/rate/line-1/mill-" + i % MACHINES,
                  "good",
                  TagRole.GOOD_COUNT,
                  sample(begin + i * 200_000L, SampleValue.of(i / MACHINES)),
                  false));
        }
      }
      try (OeeUnderTest oee =
          OeeUnderTest.start(
              kafka, postgres.createDatabase(), tokens, "linewright.service.instance=rate")) {
        awaitOut(oee, EVENTS / 4);
        long from = System.nanoTime();
        long cpu = cpuNanos();
        long already = oee.books("oee.events").out();
        awaitOut(oee, EVENTS);
        double seconds = (System.nanoTime() - from) / 1e9;
        long stored = oee.books("oee.events").out() - already;
        System.out.printf(
            "EVENTS %.0f/s warm (%d), JVM cpu %.1f us each; %d bytes each%n",
            stored / seconds,
            stored,
            (cpuNanos() - cpu) / 1e3 / stored,
            oee.number("SELECT sum(octet_length(data)) / sum(events) FROM event_part"));
        assertThat(oee.number("SELECT sum(events) FROM event_part")).isEqualTo(EVENTS);
        assertThat(oee.bean(ExactlyOnce.class).consumers()).hasSize(2);
      }
    }
  }

  private static void awaitOut(OeeUnderTest oee, long out) {
    Awaitility.await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(Duration.ofMinutes(3))
        .until(() -> oee.books("oee.events").out() >= out);
  }

  private static long cpuNanos() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : 0;
  }
}
