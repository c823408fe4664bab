package io.linewright.edge.app.bridge.mqtt;

import java.util.List;

/**
 * Who the host application is, and what it listens to.
 *
 * @param hostId Sparkplug host id
 * @param groups Sparkplug groups
 * @param messageBytes longest data message; births may have 32 times as much
 */
public record HostIdentity(String hostId, List<String> groups, long messageBytes) {

  public HostIdentity {
    groups = List.copyOf(groups);
  }
}
