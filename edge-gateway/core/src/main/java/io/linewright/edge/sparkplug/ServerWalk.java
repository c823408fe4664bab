package io.linewright.edge.sparkplug;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The MQTT servers of an edge node: one is in use, and of each is known when the primary host last
 * told its state there. A host keeps a time of its own for every server
 * (tck-id-operational-behavior-host-application-multi-server-timestamp), so the times of two
 * servers say nothing of each other.
 *
 * @param current index of the server in use
 * @param hostTimes timestamp of the newest STATE message by server; {@link Long#MIN_VALUE} for none
 */
public record ServerWalk(int current, List<Long> hostTimes) {

  /**
   * @throws IllegalArgumentException if there is no server, or the current one is none of them
   */
  public ServerWalk {
    hostTimes = List.copyOf(hostTimes);
    if (current < 0 || current >= hostTimes.size()) {
      throw new IllegalArgumentException(
          "server %d of %d is in use: there must be one".formatted(current, hostTimes.size()));
    }
  }

  /** At the first of so many servers, at least one; no host has been seen. */
  public static ServerWalk over(int servers) {
    return new ServerWalk(0, Collections.nCopies(servers, Long.MIN_VALUE));
  }

  /** Timestamp of the newest STATE message on the present server. */
  public long hostTime() {
    return hostTimes.get(current);
  }

  /** Whether there is another server to go to. */
  public boolean choice() {
    return hostTimes.size() > 1;
  }

  ServerWalk seen(long hostTime) {
    List<Long> times = new ArrayList<>(hostTimes);
    times.set(current, hostTime);
    return new ServerWalk(current, times);
  }

  ServerWalk next() {
    return new ServerWalk((current + 1) % hostTimes.size(), hostTimes);
  }
}
