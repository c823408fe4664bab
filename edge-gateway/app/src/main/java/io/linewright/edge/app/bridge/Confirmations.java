package io.linewright.edge.app.bridge;

import io.linewright.edge.host.NodeId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Decides when a node is told how far it was carried: at once when that has changed; when it has
 * only asked again (a repeat or a gap was seen) at most every 200 ms, or one gap would start a
 * storm of re-sends.
 */
final class Confirmations {

  private static final long REPEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final Map<NodeId, Long> lastSent = new HashMap<>();
  private final Set<NodeId> changed = new HashSet<>();
  private final Set<NodeId> again = new HashSet<>();

  /** Notes what a committed transaction calls for. */
  void note(Collection<NodeId> changedNodes, Collection<NodeId> askedAgain) {
    changed.addAll(changedNodes);
    again.addAll(askedAgain);
  }

  /** The nodes to be told now. */
  List<NodeId> due(long nanos) {
    if (changed.isEmpty() && again.isEmpty()) {
      return List.of();
    }
    Set<NodeId> due = new HashSet<>(changed);
    for (NodeId node : again) {
      Long last = lastSent.get(node);
      if (last == null || nanos - last >= REPEAT_NANOS) {
        due.add(node);
      }
    }
    due.forEach(node -> lastSent.put(node, nanos));
    changed.clear();
    again.removeAll(due);
    return List.copyOf(due);
  }
}
