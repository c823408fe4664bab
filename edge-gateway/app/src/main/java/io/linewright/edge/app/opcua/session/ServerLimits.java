package io.linewright.edge.app.opcua.session;

import io.linewright.edge.app.driver.LinkException;
import io.linewright.edge.opcua.Batches;
import java.util.List;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.jspecify.annotations.Nullable;

/**
 * Operation limits of the server (OPC UA part 5, clause 6.3.11) under our own bound; a server that
 * does not tell them gets our bound.
 *
 * @param monitoredItemsPerCall 1 to 1000
 * @param nodesPerRead 1 to 1000
 * @param nodesPerBrowse 1 to 1000
 */
public record ServerLimits(int monitoredItemsPerCall, int nodesPerRead, int nodesPerBrowse) {

  private static final int OWN_BOUND = 1000;

  /** Asks the server. */
  public static ServerLimits read(OpcUaClient client) throws LinkException, InterruptedException {
    List<ReadValueId> ids =
        List.of(
            value(NodeIds.Server_ServerCapabilities_OperationLimits_MaxMonitoredItemsPerCall),
            value(NodeIds.Server_ServerCapabilities_OperationLimits_MaxNodesPerRead),
            value(NodeIds.Server_ServerCapabilities_OperationLimits_MaxNodesPerBrowse));
    try {
      ReadResponse response =
          Deadlines.await(
              "reading the operation limits", client.readAsync(0, TimestampsToReturn.Neither, ids));
      DataValue[] results = response.getResults();
      return new ServerLimits(bound(results, 0), bound(results, 1), bound(results, 2));
    } catch (UaException notOffered) {
      return new ServerLimits(OWN_BOUND, OWN_BOUND, OWN_BOUND);
    }
  }

  private static ReadValueId value(NodeId node) {
    return new ReadValueId(node, AttributeId.Value.uid(), null, QualifiedName.NULL_VALUE);
  }

  private static int bound(DataValue @Nullable [] results, int index) {
    return results != null
            && results.length > index
            && results[index].value().value() instanceof UInteger limit
        ? Batches.limit(limit.longValue(), OWN_BOUND)
        : OWN_BOUND;
  }
}
