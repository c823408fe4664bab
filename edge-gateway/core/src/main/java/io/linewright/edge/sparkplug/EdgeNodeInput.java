package io.linewright.edge.sparkplug;

/** What happens to an edge node's session. */
public sealed interface EdgeNodeInput {

  /** The back-off is over: try to connect. */
  record Connect() implements EdgeNodeInput {}

  /** The broker accepted the connection and every subscription. */
  record Connected(long nowMillis) implements EdgeNodeInput {}

  /** The connection is gone, or could not be made. */
  record ConnectionLost() implements EdgeNodeInput {}

  /**
   * STATE of the primary host.
   *
   * @param online what it says
   * @param timestamp its own timestamp: an older one than the last is ignored
   */
  record HostState(boolean online, long timestamp, long nowMillis) implements EdgeNodeInput {}

  /** NCMD {@code Node Control/Rebirth} = true, or the set of metrics has changed. */
  record RebirthRequested(long nowMillis) implements EdgeNodeInput {}

  /** Time passes. */
  record Tick(long nowMillis) implements EdgeNodeInput {}

  /**
   * A data message is ready.
   *
   * @param device whose values it holds; the empty text for the node's own
   */
  record DataReady(String device) implements EdgeNodeInput {}

  /** The gateway has no connection to the device any more, and all it had of it has left. */
  record DeviceLost(String device) implements EdgeNodeInput {}

  /** The device talks again. */
  record DeviceBack(String device) implements EdgeNodeInput {}

  /** The gateway stops. */
  record Stop() implements EdgeNodeInput {}
}
