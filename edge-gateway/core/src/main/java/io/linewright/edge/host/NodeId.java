package io.linewright.edge.host;

import io.linewright.model.equipment.SparkplugAddress;
import java.util.Optional;

/**
 * An edge node.
 *
 * @param group Sparkplug group id
 * @param node Sparkplug edge node id
 */
public record NodeId(String group, String node) {

  /** The node that an address belongs to. */
  public static NodeId of(SparkplugAddress address) {
    return new NodeId(address.group(), address.node());
  }

  /** Address of the node itself. */
  public SparkplugAddress address() {
    return new SparkplugAddress(group, node, Optional.empty());
  }

  /** CloudEvents source of everything that is derived from the node's values. */
  public String eventSource() {
    return "/bridge/" + this;
  }

  @Override
  public String toString() {
    return group + "/" + node;
  }
}
