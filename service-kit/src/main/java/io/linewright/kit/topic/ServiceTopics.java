package io.linewright.kit.topic;

import io.linewright.model.topic.Topic;
import java.util.List;

/**
 * The topics that a service reads or writes; declared as a bean, they are created when missing.
 *
 * @param topics from the catalogue
 */
public record ServiceTopics(List<Topic> topics) {

  public ServiceTopics {
    topics = List.copyOf(topics);
  }
}
