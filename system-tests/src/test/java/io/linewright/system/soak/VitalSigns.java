package io.linewright.system.soak;

import io.linewright.bench.plant.RestClient;
import io.linewright.system.plant.PlantFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import tools.jackson.databind.JsonNode;

/** Looks at a running plant from outside: {@code jcmd}, {@code /proc}, REST and Kafka. */
final class VitalSigns implements AutoCloseable {

  private static final Pattern USED =
      Pattern.compile("(?:DefNew|Tenured)\\s+total \\d+K, used (\\d+)K");
  private static final double MEBIBYTE = 1024.0 * 1024.0;

  private final PlantFixture plant;
  private final long pid;
  private final RestClient rest;
  private final Admin kafka;
  private final long begin = System.nanoTime();

  VitalSigns(PlantFixture plant) {
    this.plant = plant;
    this.pid = plant.plant().process().pid();
    this.rest = plant.client();
    this.kafka = Admin.create(plant.plant().kafka("admin"));
  }

  Vitals look() throws Exception {
    double heap = heapAfterCollection();
    return new Vitals(
        (System.nanoTime() - begin) / 1e9,
        heap,
        threads(),
        entries(Path.of("/proc", Long.toString(pid), "fd")),
        bytesBelow(plant.data().resolve("edge").resolve("log")) / MEBIBYTE,
        rest.get("/api/v1/quarantine/count").path("count").asLong(),
        lag(),
        Duration.between(newest(), Instant.now()).toMillis() / 1000.0);
  }

  private double heapAfterCollection() throws IOException, InterruptedException {
    jcmd("GC.run");
    Matcher used = USED.matcher(jcmd("GC.heap_info"));
    double kibibytes = 0;
    while (used.find()) {
      kibibytes += Double.parseDouble(used.group(1));
    }
    if (kibibytes == 0) {
      throw new IOException("jcmd GC.heap_info tells no generations; the plant runs with SerialGC");
    }
    return kibibytes / 1024;
  }

  private String jcmd(String command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                command)
            .redirectErrorStream(true)
            .start();
    String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("jcmd " + pid + " " + command + ": " + answer);
    }
    return answer;
  }

  private double threads() throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
        .filter(line -> line.startsWith("Threads:"))
        .mapToDouble(line -> Double.parseDouble(line.substring("Threads:".length()).strip()))
        .sum();
  }

  private static double entries(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.count();
    }
  }

  private static double bytesBelow(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).mapToLong(VitalSigns::size).sum();
    } catch (UncheckedIOException vanished) {
      throw vanished.getCause();
    }
  }

  private static long size(Path file) {
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException vanished) {
      return 0; // deleted between the two calls
    }
  }

  private double lag() throws Exception {
    long lag = 0;
    for (var group : kafka.listGroups().all().get()) {
      Map<TopicPartition, OffsetAndMetadata> committed =
          kafka.listConsumerGroupOffsets(group.groupId()).partitionsToOffsetAndMetadata().get();
      Map<TopicPartition, ListOffsetsResultInfo> ends =
          kafka
              .listOffsets(
                  committed.keySet().stream()
                      .collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest())))
              .all()
              .get();
      for (var one : committed.entrySet()) {
        ListOffsetsResultInfo end = ends.get(one.getKey());
        lag += end == null ? 0 : Math.max(0, end.offset() - one.getValue().offset());
      }
    }
    return lag;
  }

  private Instant newest() throws IOException, InterruptedException {
    Instant newest = Instant.EPOCH;
    JsonNode values = rest.get("/api/v1/last-values?equipment=acme/graz/machining").path("values");
    for (JsonNode value : values) {
      Instant time = Instant.parse(value.path("time").asString());
      newest = time.isAfter(newest) ? time : newest;
    }
    return newest;
  }

  @Override
  public void close() {
    kafka.close();
    rest.close();
  }
}
