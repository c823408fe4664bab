package io.linewright.edge.app.bridge.mqtt;

import io.linewright.edge.sparkplug.SparkplugTopic;
import java.util.List;

/**
 * Who the host application is, and what it listens to.
 *
 * @param hostId Sparkplug host id
 * @param groups Sparkplug groups; {@link #ALL_GROUPS} stands for every group there is
 * @param messageBytes longest data message; births may have 32 times as much
 */
public record HostIdentity(String hostId, List<String> groups, long messageBytes) {

  /** In place of a group: the host carries whatever comes. */
  public static final String ALL_GROUPS = "*";

  public HostIdentity {
    groups = List.copyOf(groups);
  }

  /** The topics to listen to: one for each group, or one for all. */
  List<String> filters() {
    return groups.contains(ALL_GROUPS)
        ? List.of(SparkplugTopic.NAMESPACE + "/#")
        : groups.stream().map(group -> SparkplugTopic.NAMESPACE + "/" + group + "/#").toList();
  }
}
