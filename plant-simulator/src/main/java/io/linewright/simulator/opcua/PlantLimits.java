package io.linewright.simulator.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfigLimits;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;

/** Bounds of the server, as those of a larger controller. */
final class PlantLimits implements OpcUaServerConfigLimits {

  @Override
  public UInteger getMaxSessions() {
    return uint(32);
  }

  @Override
  public UInteger getMaxMonitoredItems() {
    return uint(1_000_000);
  }

  @Override
  public UInteger getMaxMonitoredItemsPerCall() {
    return uint(1000);
  }

  @Override
  public UInteger getMaxNodesPerRead() {
    return uint(1000);
  }
}
