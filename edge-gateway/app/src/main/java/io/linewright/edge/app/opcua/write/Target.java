package io.linewright.edge.app.opcua.write;

import io.linewright.edge.opcua.write.UaType;
import io.linewright.model.sample.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;

/** What a server says of a node that shall be written to. */
sealed interface Target {

  /**
   * It takes writes.
   *
   * @param type of its value, or of the elements of its array
   * @param array whether its value is an array of one dimension
   */
  record Writable(NodeId node, UaType type, boolean array) implements Target {}

  /** It takes none. */
  record Refusing(StatusCode status, String reason) implements Target {}
}
