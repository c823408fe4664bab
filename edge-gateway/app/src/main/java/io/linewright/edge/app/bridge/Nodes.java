package io.linewright.edge.app.bridge;

import io.linewright.edge.host.NodeId;
import io.linewright.edge.host.SessionState;
import io.linewright.edge.host.ledger.Ledger;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * State of all nodes: what is committed, and on top of it what the open transaction has changed.
 */
final class Nodes {

  private final int maxNodes;
  private final Map<NodeId, SessionState> committed = new HashMap<>();
  private final Map<NodeId, SessionState> open = new HashMap<>();

  Nodes(int maxNodes) {
    this.maxNodes = maxNodes;
  }

  /** The node's present state; null if there is no room for another node. */
  @Nullable SessionState state(NodeId node) {
    SessionState present = open.get(node);
    if (present == null) {
      present = committed.get(node);
    }
    if (present == null && committed.size() + open.size() < maxNodes) {
      present = SessionState.unknown(node);
    }
    return present;
  }

  /** The node's state without the open transaction; null for an unknown node. */
  @Nullable SessionState committed(NodeId node) {
    return committed.get(node);
  }

  /** Metrics and devices that all nodes declare, without those of one device or, empty, node. */
  long declaredBeside(NodeId node, String device) {
    long sum = 0;
    for (NodeId one : all()) {
      SessionState state = state(one);
      SessionState.Session session = state == null ? null : state.session();
      if (session != null && !(one.equals(node) && device.isEmpty())) {
        sum += session.declaredBeside(one.equals(node) ? device : "");
      }
    }
    return sum;
  }

  void change(SessionState state) {
    open.put(state.id(), state);
  }

  Set<NodeId> all() {
    Set<NodeId> all = new HashSet<>(committed.keySet());
    all.addAll(open.keySet());
    return all;
  }

  /** Nodes whose ledger the open transaction changes. */
  Map<NodeId, Ledger> changedLedgers() {
    Map<NodeId, Ledger> changed = new HashMap<>();
    open.forEach(
        (node, state) -> {
          SessionState before = committed.get(node);
          if (before == null || !before.ledger().equals(state.ledger())) {
            changed.put(node, state.ledger());
          }
        });
    return changed;
  }

  void commit() {
    committed.putAll(open);
    open.clear();
  }

  void abort() {
    open.clear();
  }

  /** Takes over what Kafka says was carried; births that are known stay known. */
  void reconcile(Map<NodeId, Ledger> ledgers, Instant now) {
    abort();
    ledgers.forEach(
        (node, ledger) ->
            committed.merge(
                node,
                SessionState.resumed(node, ledger, now),
                (present, fresh) -> present.with(ledger)));
  }
}
