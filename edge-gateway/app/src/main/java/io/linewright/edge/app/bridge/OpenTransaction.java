package io.linewright.edge.app.bridge;

import io.linewright.edge.app.bridge.mqtt.Incoming;
import io.linewright.edge.host.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What one transaction has taken in so far, and what is to be done once it is committed. */
final class OpenTransaction {

  final List<Incoming> taken = new ArrayList<>();
  final Set<NodeId> confirmAgain = new LinkedHashSet<>();
  final Set<NodeId> askForBirths = new LinkedHashSet<>();
  final long startedNanos;
  private long bytes;

  OpenTransaction(long startedNanos) {
    this.startedNanos = startedNanos;
  }

  void take(Incoming incoming) {
    taken.add(incoming);
    bytes += incoming.cost();
  }

  long bytes() {
    return bytes;
  }
}
