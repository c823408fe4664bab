package io.linewright.edge.sparkplug;

import java.util.HashSet;
import java.util.Set;

/** Where an edge node stands in the life of its MQTT session (Sparkplug 3.0, chapter 5.4). */
public sealed interface EdgeNodeState {

  /** Which server is, or will be, in use. */
  ServerWalk servers();

  /**
   * No connection.
   *
   * @param bdSeq number that the next CONNECT will carry, 0 to 255
   */
  record Offline(int bdSeq, ServerWalk servers) implements EdgeNodeState {}

  /** CONNECT is under way; its will carries {@code bdSeq}. */
  record Connecting(int bdSeq, ServerWalk servers) implements EdgeNodeState {}

  /**
   * Connected and subscribed; nothing may be published before the primary host is online.
   *
   * @param sinceMillis since when it waits
   */
  record AwaitingHost(int bdSeq, long sinceMillis, ServerWalk servers) implements EdgeNodeState {}

  /**
   * Births are out, data may follow.
   *
   * @param bdSeq number of this session, as in will and node birth
   * @param nextSeq sequence number of the next message, 0 to 255
   * @param bornAtMillis when the last births were published
   * @param rebirthPending a rebirth was asked for too soon after the last one and is still owed; no
   *     data leaves until then
   * @param dead devices whose death was announced since the last births
   */
  record Online(
      int bdSeq,
      int nextSeq,
      long bornAtMillis,
      boolean rebirthPending,
      Set<String> dead,
      ServerWalk servers)
      implements EdgeNodeState {

    public Online {
      dead = Set.copyOf(dead);
    }

    Online afterMessages(int messages) {
      int next = nextSeq + messages & 0xFF;
      return new Online(bdSeq, next, bornAtMillis, rebirthPending, dead, servers);
    }

    Online owingRebirth() {
      return new Online(bdSeq, nextSeq, bornAtMillis, true, dead, servers);
    }

    Online seenHost(long timestamp) {
      return new Online(
          bdSeq, nextSeq, bornAtMillis, rebirthPending, dead, servers.seen(timestamp));
    }

    Online without(String device) {
      Set<String> more = new HashSet<>(dead);
      more.add(device);
      return new Online(bdSeq, nextSeq, bornAtMillis, rebirthPending, more, servers);
    }

    Online with(String device) {
      Set<String> fewer = new HashSet<>(dead);
      fewer.remove(device);
      return new Online(bdSeq, nextSeq, bornAtMillis, rebirthPending, fewer, servers);
    }
  }

  /** The state of a node with one server that has never connected in this process. */
  static EdgeNodeState start(int bdSeq) {
    return start(bdSeq, 1);
  }

  /** The state of a node with so many servers that has never connected in this process. */
  static EdgeNodeState start(int bdSeq, int servers) {
    return new Offline(bdSeq & 0xFF, ServerWalk.over(servers));
  }
}
