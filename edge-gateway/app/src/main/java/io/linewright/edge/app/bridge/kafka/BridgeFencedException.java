package io.linewright.edge.app.bridge.kafka;

/** Another bridge with the same host id has taken over; this one must not write any more. */
public final class BridgeFencedException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * @param hostId the host id that both use
   */
  public BridgeFencedException(String hostId) {
    super(
        "another bridge with host id '%s' took over; give each bridge its own linewright.bridge.host-id"
            .formatted(hostId));
  }
}
