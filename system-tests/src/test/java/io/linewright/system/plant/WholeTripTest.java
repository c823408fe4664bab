package io.linewright.system.plant;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.bench.compare.TruthFile;
import io.linewright.bench.plant.RestClient;
import io.linewright.bench.trip.TripRun;
import io.linewright.model.topic.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * Real OPC UA and Modbus, real MQTT broker, real Kafka, real PostgreSQL: every value once, of all
 * that the plant did while other tests looked at it.
 */
@Order(PlantFixture.LAST)
@ExtendWith(SharedPlant.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WholeTripTest {

  @Test
  @Order(1)
  void everyChangeIsStoredExactlyOnce(PlantFixture fixture) throws Exception {
    OptionalLong observed =
        Awaitility.await("the plant to be watched")
            .atMost(Duration.ofSeconds(60))
            .ignoreExceptionsInstanceOf(IOException.class) // the log may end in half a line
            .until(() -> TruthFile.read(fixture.truth()).observedMicros(), OptionalLong::isPresent);
    Instant since = Instant.EPOCH.plus(observed.getAsLong(), ChronoUnit.MICROS);
    Awaitility.await("the plant to move for 20 s")
        .atMost(Duration.ofSeconds(60))
        .until(() -> Instant.now().isAfter(since.plusSeconds(20)));
    fixture.rest();
    TripRun run = new TripRun(InstantSource.system(), System.out, Optional.empty(), 5);
    TripRun.Figures figures = run.finish(fixture.plant(), fixture.truth(), Duration.ofMinutes(2));

    assertThat(figures.verdict().sent()).isGreaterThan(500);
    assertThat(figures.verdict().stored())
        .as("stored: %s", figures.verdict())
        .isEqualTo(figures.verdict().sent());
    assertThat(figures.verdict().lost()).as("lost").isZero();
    assertThat(figures.verdict().wrong()).as("wrong").isZero();
    assertThat(figures.repeated()).as("repeated").isZero();
    assertThat(figures.events().events()).isPositive();
    assertThat(figures.events().sequenceGaps()).as("gaps in event sequences").isZero();
  }

  @Test
  @Order(2)
  void equipmentAndTagsAreAnnounced(PlantFixture fixture) throws Exception {
    try (RestClient rest = fixture.client()) {
      String tree = rest.get("/api/v1/equipment").toString();
      assertThat(tree)
          .contains("acme/graz/machining/line-1")
          .contains("acme/graz/packaging/line-2");
      JsonNode tags =
          rest.get("/api/v1/tags?equipment=acme/graz/machining&role=machine-state&limit=100");
      assertThat(tags.toString()).contains("machine-state");
    }
  }

  @Test
  @Order(3)
  void whatCannotBeReadIsSetAsideAndCounted(PlantFixture fixture) throws Exception {
    try (RestClient rest = fixture.client()) {
      long before = rest.get("/api/v1/quarantine/count").path("count").asLong();
      byte[] rubbish = "not a telemetry batch".getBytes(StandardCharsets.UTF_8);
      Map<String, Object> properties = new HashMap<>(fixture.plant().kafka("admin"));
      try (KafkaProducer<byte[], byte[]> producer =
          new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
        producer.send(new ProducerRecord<>(Topic.TELEMETRY.topicName(), rubbish, rubbish)).get();
      }
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () ->
                  assertThat(rest.get("/api/v1/quarantine/count").path("count").asLong())
                      .isEqualTo(before + 1));
    }
  }

  @Test
  @Order(4)
  void credentialsAreForTheOwnerOnly(PlantFixture fixture) throws Exception {
    Path file = fixture.plant().data().resolve("credentials.json");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }
}
