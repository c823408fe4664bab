package io.linewright.edge.app.bridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.kit.topic.TopicProvisioner;
import io.linewright.model.topic.Topic;
import io.linewright.testkit.infrastructure.TestKafka;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Whose a host id is, of bridges that open in every order. */
class BridgeLogTest {

  private static @Nullable TestKafka kafka;

  @BeforeAll
  static void startKafka() throws Exception {
    kafka = TestKafka.start();
    try (var admin = kafka.admin()) {
      TopicProvisioner.ensureAll(admin, Topic.BRIDGE_POSITIONS, Topic.EQUIPMENT);
    }
  }

  @AfterAll
  static void stopKafka() {
    java.util.Objects.requireNonNull(kafka).close();
  }

  private static BridgeLog log(String host, String instance) {
    return new BridgeLog(
        host,
        instance,
        Map.of("bootstrap.servers", java.util.Objects.requireNonNull(kafka).bootstrapServers()),
        JsonMapper.builder().build());
  }

  @Test
  void elderEndsAndYoungerGoesOn() throws Exception {
    try (BridgeLog elder = log("pair", "elder");
        BridgeLog younger = log("pair", "younger")) {
      elder.open();
      younger.open();
      assertThatThrownBy(() -> write(elder)).isInstanceOf(KafkaException.class);
      assertThatThrownBy(elder::open)
          .isInstanceOf(BridgeFencedException.class)
          .hasMessageContaining("another bridge with host id 'pair' took over");
      write(younger);
    }
  }

  @Test
  void elderThatOpensAgainBeforeTheYoungerDoesEndsToo() throws Exception {
    try (BridgeLog elder = log("race", "elder");
        BridgeLog younger = log("race", "younger")) {
      elder.open();
      younger.claim();
      assertThatThrownBy(elder::open).isInstanceOf(BridgeFencedException.class);
      younger.open();
      write(younger);
    }
  }

  @Test
  void openingAgainAfterAFailureIsNoClaim() throws Exception {
    try (BridgeLog elder = log("again", "elder");
        BridgeLog younger = log("again", "younger")) {
      elder.open();
      write(elder);
      assertThat(elder.open().host()).isNotNull();
      write(elder);
      younger.open();
      assertThat(younger.open().host()).isNotNull();
      write(younger);
      assertThatThrownBy(elder::open).isInstanceOf(BridgeFencedException.class);
    }
  }

  @Test
  void hostsDoNotDisturbEachOther() throws Exception {
    try (BridgeLog one = log("one", "a");
        BridgeLog other = log("other", "b")) {
      one.open();
      other.open();
      write(one);
      one.open();
      write(other);
    }
  }

  private static void write(BridgeLog log) {
    log.begin();
    log.commit(Map.of(), 0);
  }
}
