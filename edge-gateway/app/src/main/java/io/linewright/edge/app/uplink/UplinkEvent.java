package io.linewright.edge.app.uplink;

import org.jspecify.annotations.Nullable;

/** What wakes the sending thread. */
sealed interface UplinkEvent {

  /** A message came in over this link. */
  @SuppressWarnings("ArrayRecordComponent") // handed over once, compared never
  record Arrived(MqttLink link, String topic, byte[] payload) implements UplinkEvent {}

  /** This link is gone. */
  record Lost(MqttLink link, @Nullable String reason) implements UplinkEvent {}

  /** Records were stored. */
  record Stored() implements UplinkEvent {}

  /** The set of metrics has changed. */
  record MetricsChanged() implements UplinkEvent {}

  /** The gateway stops. */
  record Stop() implements UplinkEvent {}
}
