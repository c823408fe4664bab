package io.linewright.kit.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.model.topic.Topic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TopicSettingsTest {

  @ParameterizedTest
  @EnumSource(Topic.class)
  void everyTopicHasABoundAndSegmentsThatFitIt(Topic topic) {
    var settings = TopicProvisioner.settings(topic);
    long segment = Long.parseLong(settings.get("segment.bytes"));

    assertThat(segment).isBetween(8L << 20, 128L << 20);
    assertThat(settings)
        .containsEntry("max.message.bytes", "1048576")
        .containsKey(
            topic.cleanup() == Topic.Cleanup.DELETE ? "retention.bytes" : "delete.retention.ms");
  }

  @Test
  void bytesAreSpreadOverThePartitions() {
    assertThat(TopicProvisioner.settings(Topic.TELEMETRY))
        .containsEntry("retention.bytes", Long.toString((4096L << 20) / 6))
        .containsEntry("retention.ms", Long.toString(7L * 24 * 3600 * 1000))
        .containsEntry("cleanup.policy", "delete");
  }

  @Test
  void compactedTopicsAreNeverCutByTime() {
    assertThat(TopicProvisioner.settings(Topic.EQUIPMENT))
        .containsEntry("cleanup.policy", "compact")
        .doesNotContainKeys("retention.ms", "retention.bytes");
  }
}
