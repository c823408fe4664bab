package io.linewright.testkit.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.linewright.kit.topic.TopicProvisioner;
import io.linewright.model.topic.Topic;
import java.net.InetAddress;
import java.net.Socket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestServers.class)
class TestServersTest {

  @Test
  void postgresIsDurable(TestPostgres postgres) throws Exception {
    try (Connection connection =
            DriverManager.getConnection(postgres.createDatabase(), TestPostgres.USER, "");
        var settings =
            connection
                .createStatement()
                .executeQuery(
                    "SELECT string_agg(setting, ',' ORDER BY name) FROM pg_settings WHERE name IN"
                        + " ('fsync', 'full_page_writes', 'synchronous_commit')")) {
      settings.next();
      assertThat(settings.getString(1)).isEqualTo("on,on,on");
    }
  }

  @Test
  void postgresHasNoTimescaleAndTakesOtherSettings(TestPostgres shared) throws Exception {
    assertThat(new Database(shared.createDatabase(), TestPostgres.USER, "").isTimescale())
        .isFalse();
    try (TestPostgres own = TestPostgres.start(Map.of("max_connections", "17"));
        Connection connection =
            DriverManager.getConnection(own.createDatabase(), TestPostgres.USER, "");
        var setting = connection.createStatement().executeQuery("SHOW max_connections")) {
      setting.next();
      assertThat(setting.getString(1)).isEqualTo("17");
    }
  }

  @Test
  void mqttAcceptsConnections(TestMqtt mqtt) {
    assertThatCode(() -> new Socket(InetAddress.getLoopbackAddress(), mqtt.port()).close())
        .doesNotThrowAnyException();
  }

  @Test
  void missingTopicsAreCreatedOnceAndDifferingOnesReportedNotAltered() throws Exception {
    // Its own: other tests have made topics on the shared one, whoever comes first
    try (TestKafka kafka = TestKafka.start();
        var admin = kafka.admin()) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(Topic.MACHINE_EVENTS.topicName(), Optional.of(2), Optional.empty())
                      .configs(Map.of("retention.ms", "1000"))))
          .all()
          .get();

      var first = TopicProvisioner.ensureAll(admin, Topic.values());
      var second = TopicProvisioner.ensureAll(admin, Topic.values());

      assertThat(first.created())
          .hasSize(Topic.values().length - 1)
          .doesNotContain(Topic.MACHINE_EVENTS.topicName());
      assertThat(second.created()).isEmpty();
      assertThat(second.differing())
          .anySatisfy(text -> assertThat(text).contains("machine-events", "partitions = 2", "6"))
          .anySatisfy(text -> assertThat(text).contains("machine-events", "retention.ms = 1000"))
          .allSatisfy(text -> assertThat(text).contains("machine-events"));
      assertThat(
              admin
                  .describeTopics(List.of(Topic.MACHINE_EVENTS.topicName()))
                  .allTopicNames()
                  .get()
                  .values())
          .allSatisfy(topic -> assertThat(topic.partitions()).hasSize(2));
    }
  }
}
