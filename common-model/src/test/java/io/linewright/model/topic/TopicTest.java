package io.linewright.model.topic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TopicTest {

  @ParameterizedTest
  @EnumSource
  void everyTopicIsNamedVersionedAndBounded(Topic topic) {
    assertThat(topic.topicName()).matches("linewright\\.[a-z-]+\\.v\\d+");
    assertThat(topic.partitions()).isPositive();
    assertThat(topic.retention()).isPositive();
    assertThat(topic.maxBytes() / topic.partitions()).isGreaterThan(Topic.MAX_RECORD_BYTES);
    assertThat(topic.content()).isNotBlank();
    assertThat(topic.key()).isNotBlank();
  }
}
