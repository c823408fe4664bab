package io.linewright.edge.config;

/**
 * Who the gateway is on Sparkplug.
 *
 * @param group Sparkplug group id {@code enterprise:site}
 * @param node Sparkplug edge node id, {@code [a-z0-9-]+}, unique in the group
 * @param host id of the primary host application
 * @param confirm who confirms that values arrived
 */
public record GatewayIdentity(String group, String node, String host, Confirm confirm) {

  /** Who confirms that values arrived. */
  public enum Confirm {
    /** The Linewright bridge, by position: nothing is deleted before. */
    BRIDGE,
    /** Nobody: values are released 1.5 keep-alive intervals after they were sent. */
    NONE
  }
}
