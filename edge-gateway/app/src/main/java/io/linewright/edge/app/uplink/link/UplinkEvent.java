package io.linewright.edge.app.uplink.link;

import org.jspecify.annotations.Nullable;

/** What wakes the sending thread. */
public sealed interface UplinkEvent {

  /** A message came in over this link. */
  @SuppressWarnings("ArrayRecordComponent") // handed over once, compared never
  public record Arrived(MqttLink link, String topic, byte[] payload) implements UplinkEvent {}

  /** This link is gone. */
  public record Lost(MqttLink link, @Nullable String reason) implements UplinkEvent {}

  /** Records were stored. */
  public record Stored() implements UplinkEvent {}

  /** The set of metrics has changed. */
  public record MetricsChanged() implements UplinkEvent {}

  /** The gateway stops. */
  public record Stop() implements UplinkEvent {}
}
