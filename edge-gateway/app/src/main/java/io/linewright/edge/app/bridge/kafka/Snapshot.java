package io.linewright.edge.app.bridge.kafka;

import io.linewright.edge.host.NodeId;
import io.linewright.edge.host.ledger.Ledger;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What committed transactions say.
 *
 * @param host the bridge that wrote last; null if none ever did
 * @param ledgers how far each node was carried
 * @param equipment present declarations by record key, as JSON without attributes
 */
public record Snapshot(
    @Nullable HostRecord host, Map<NodeId, Ledger> ledgers, Map<String, String> equipment) {

  public Snapshot {
    ledgers = Map.copyOf(ledgers);
  }
}
