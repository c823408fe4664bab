package io.linewright.ingest.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.kit.observe.StageBooks;
import io.linewright.kit.topic.TopicProvisioner;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagName;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.model.telemetry.TagSeries;
import io.linewright.model.telemetry.TelemetryBatch;
import io.linewright.model.topic.Topic;
import io.linewright.testkit.contract.RunningService;
import io.linewright.testkit.infrastructure.TestKafka;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import io.linewright.testkit.security.TestTokens;
import java.lang.management.ManagementFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

/**
 * How fast the historian drains a topic that was filled before, and how fast samples are read back.
 * Kafka, PostgreSQL and the service share the machine; the figures go to the output.
 */
@Tag("long")
@ExtendWith(TestServers.class)
class IngestRateTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int DEVICES = 20;
  private static final int TAGS = 50;
  private static final int ROUNDS = 1_000;
  private static final long SAMPLES = (long) DEVICES * TAGS * ROUNDS;

  @Test
  void drainsAFilledTopicAndReadsItBack(TestPostgres postgres) throws Exception {
    // Of its own: whoever comes after would have to store all of it, too.
    try (TestKafka kafka = TestKafka.start();
        var admin = kafka.admin();
        TestTokens tokens = TestTokens.start()) {
      TopicProvisioner.ensureAll(admin, Topic.values());
      long begin = Instant.now().minusSeconds(600).getEpochSecond() * 1_000_000;
      fill(kafka, begin);
      long started = System.nanoTime();
      try (RunningService service =
          RunningService.start(
              IngestServiceApplication.builder(),
              kafka,
              postgres.createDatabase(),
              tokens,
              "linewright.service.instance=rate")) {
        StageBooks books = service.context().getBean(StageBooks.class);
        Awaitility.await()
            .pollInterval(Duration.ofMillis(20))
            .atMost(Duration.ofMinutes(3))
            .until(() -> stored(books) > SAMPLES / 4);
        long from = System.nanoTime();
        long cpu = cpuNanos();
        long already = stored(books);
        Awaitility.await()
            .pollInterval(Duration.ofMillis(20))
            .atMost(Duration.ofMinutes(3))
            .until(() -> stored(books) >= SAMPLES);
        double seconds = (System.nanoTime() - from) / 1e9;
        long stored = stored(books); // also what other tests have left on the broker
        System.out.printf(
            "INGEST %.0f rows/s warm (%d rows), JVM cpu %.1f us/row, all %d rows in %.1f s from start%n",
            (stored - already) / seconds,
            stored - already,
            (cpuNanos() - cpu) / 1e3 / (stored - already),
            stored,
            (System.nanoTime() - started) / 1e9);
        String token = tokens.token("viewer");
        Awaitility.await()
            .atMost(Duration.ofMinutes(3))
            .until(
                () ->
                    IntStream.range(0, DEVICES)
                        .allMatch(device -> count(service, token, device, TAGS - 1) == ROUNDS));
        readBack(service, token);
      }
    }
  }

  private static void readBack(RunningService service, String token) {
    long from = System.nanoTime();
    long read = 0;
    for (int device = 0; device < DEVICES; device++) {
      for (int tag = 0; tag < TAGS; tag++) {
        read += count(service, token, device, tag);
      }
    }
    assertThat(read).isEqualTo(SAMPLES);
    System.out.printf(
        "READ %.0f samples/s over REST, client's parsing included%n",
        read / ((System.nanoTime() - from) / 1e9));
  }

  private static long count(RunningService service, String token, int device, int tag) {
    String name = URLEncoder.encode(path(device) + "#t" + tag, StandardCharsets.UTF_8);
    String body = service.get("/api/v1/samples?limit=50000&tag=" + name, token).body();
    return JSON.readTree(body).path("samples").size();
  }

  private static void fill(TestKafka kafka, long begin) {
    try (PlantTraffic plant = new PlantTraffic(kafka.bootstrapServers())) {
      for (int block = 0; block < ROUNDS / 4; block++) {
        for (int device = 0; device < DEVICES; device++) {
          List<TagSeries> series = new ArrayList<>();
          for (int tag = 0; tag < TAGS; tag++) {
            List<Sample> samples = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
              long time = begin + (block * 4L + i) * 50_000 + tag;
              samples.add(new Sample(SampleValue.of(block + tag * 0.1), StatusCode.GOOD, time, 0));
            }
            series.add(
                new TagSeries(
                    new TagName("t" + tag), DataType.DOUBLE, TagRole.PROCESS_VALUE, samples));
          }
          plant.queue(
              Topic.TELEMETRY,
              new TelemetryBatch(
                  EquipmentPath.parse(path(device)),
                  "acme:graz",
                  "gw-1",
                  begin,
                  OptionalLong.empty(),
                  series));
        }
      }
    }
  }

  private static String path(int device) {
    return "acme/graz/machining/line-1/rate-%02d".formatted(device);
  }

  private static long stored(StageBooks books) {
    return books.read().stream()
        .filter(line -> line.stage().equals("ingest.telemetry"))
        .mapToLong(StageBooks.Line::out)
        .sum();
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
