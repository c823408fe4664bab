package io.linewright.edge.app.opcua.item;

import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;

/**
 * A node that is, or shall be, monitored.
 *
 * @param handle client handle: its place in {@link MonitoredTags}
 * @param node by the server's present namespace table
 */
public record Item(int handle, NodeId node) {

  /** The node's value, to be read or monitored. */
  public ReadValueId value() {
    return new ReadValueId(node, AttributeId.Value.uid(), null, QualifiedName.NULL_VALUE);
  }
}
