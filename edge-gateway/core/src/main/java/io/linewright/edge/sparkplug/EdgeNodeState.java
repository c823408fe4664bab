package io.linewright.edge.sparkplug;

/** Where an edge node stands in the life of its MQTT session (Sparkplug 3.0, chapter 5.4). */
public sealed interface EdgeNodeState {

  /** Timestamp of the newest STATE message of the primary host; {@link Long#MIN_VALUE} if none. */
  long hostTimestamp();

  /**
   * No connection.
   *
   * @param bdSeq number that the next CONNECT will carry, 0 to 255
   */
  record Offline(int bdSeq, long hostTimestamp) implements EdgeNodeState {}

  /** CONNECT is under way; its will carries {@code bdSeq}. */
  record Connecting(int bdSeq, long hostTimestamp) implements EdgeNodeState {}

  /** Connected and subscribed; nothing may be published before the primary host is online. */
  record AwaitingHost(int bdSeq, long hostTimestamp) implements EdgeNodeState {}

  /**
   * Births are out, data may follow.
   *
   * @param bdSeq number of this session, as in will and node birth
   * @param nextSeq sequence number of the next message, 0 to 255
   * @param bornAtMillis when the last births were published
   * @param rebirthPending a rebirth was asked for too soon after the last one and is still owed
   */
  record Online(
      int bdSeq, int nextSeq, long bornAtMillis, boolean rebirthPending, long hostTimestamp)
      implements EdgeNodeState {

    Online afterMessage() {
      return new Online(bdSeq, nextSeq + 1 & 0xFF, bornAtMillis, rebirthPending, hostTimestamp);
    }

    Online owingRebirth() {
      return new Online(bdSeq, nextSeq, bornAtMillis, true, hostTimestamp);
    }

    Online seenHost(long timestamp) {
      return new Online(bdSeq, nextSeq, bornAtMillis, rebirthPending, timestamp);
    }
  }

  /** The state of a node that has never connected in this process. */
  static EdgeNodeState start(int bdSeq) {
    return new Offline(bdSeq & 0xFF, Long.MIN_VALUE);
  }
}
