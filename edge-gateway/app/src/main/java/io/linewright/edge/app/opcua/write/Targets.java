package io.linewright.edge.app.opcua.write;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.linewright.edge.app.driver.LinkException;
import io.linewright.edge.app.opcua.item.ItemCreator;
import io.linewright.edge.app.opcua.session.Attributes;
import io.linewright.edge.app.opcua.session.Deadlines;
import io.linewright.edge.opcua.write.UaType;
import io.linewright.model.sample.StatusCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NamespaceTable;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.Matrix;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseDirection;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseResult;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;

/** What one session knows of the nodes that were written to; asked for once. */
final class Targets {

  private static final StatusCode BAD_NOT_WRITABLE = new StatusCode(0x803B0000);
  private static final StatusCode BAD_USER_ACCESS_DENIED = new StatusCode(0x801F0000);

  /** Most nodes remembered; beyond, all are forgotten and asked for again. */
  private static final int MAX_REMEMBERED = 10_000;

  /** AccessLevel: the value may be written (part 3, clause 8.57). */
  private static final int CURRENT_WRITE = 0x02;

  /** Data types of namespace 0 up to here are built in or abstract, or Enumeration. */
  private static final long LAST_BASIC_TYPE = 29;

  private static final int MAX_SUPERTYPES = 16;

  private static final List<AttributeId> ASKED =
      List.of(
          AttributeId.DataType,
          AttributeId.ValueRank,
          AttributeId.AccessLevel,
          AttributeId.UserAccessLevel,
          AttributeId.Value);

  private final OpcUaClient client;
  private final Attributes attributes;
  private final NamespaceTable namespaces;
  private final Map<String, Target.Writable> remembered = new HashMap<>();

  private Targets(OpcUaClient client, Attributes attributes, NamespaceTable namespaces) {
    this.client = client;
    this.attributes = attributes;
    this.namespaces = namespaces;
  }

  /**
   * Knows nothing yet but the namespaces.
   *
   * @param nodesPerRead most attributes of one read
   */
  static Targets over(OpcUaClient client, int nodesPerRead)
      throws LinkException, InterruptedException {
    return new Targets(
        client,
        new Attributes(client, nodesPerRead),
        Deadlines.require("reading the namespaces", client.readNamespaceTableAsync()));
  }

  /**
   * What a node takes.
   *
   * @param nodeId as in the gateway file
   */
  Target of(String nodeId) throws LinkException, InterruptedException {
    Target.Writable known = remembered.get(nodeId);
    if (known != null) {
      return known;
    }
    Optional<NodeId> node = ItemCreator.node(nodeId, namespaces);
    if (node.isEmpty()) {
      return new Target.Refusing(
          StatusCode.BAD_NODE_ID_UNKNOWN, "the server has no namespace of " + nodeId);
    }
    Target target = ask(node.get());
    if (target instanceof Target.Writable writable) {
      if (remembered.size() >= MAX_REMEMBERED) {
        remembered.clear();
      }
      remembered.put(nodeId, writable);
    }
    return target;
  }

  /** The node has proved to be another one. */
  void forget(String nodeId) {
    remembered.remove(nodeId);
  }

  private Target ask(NodeId node) throws LinkException, InterruptedException {
    List<DataValue> answers =
        attributes.read(ASKED.stream().map(attribute -> Attributes.of(node, attribute)).toList());
    String name = node.toParseableString();
    DataValue dataType = answers.getFirst();
    if (!(dataType.value().value() instanceof NodeId type)) {
      return new Target.Refusing(
          StatusCode.of((int) dataType.statusCode().value()),
          "the server tells no data type of " + name + " (" + dataType.statusCode() + ")");
    }
    if (!writable(answers.get(2))) {
      return new Target.Refusing(BAD_NOT_WRITABLE, name + " is read-only");
    }
    if (!writable(answers.get(3))) {
      return new Target.Refusing(
          BAD_USER_ACCESS_DENIED, "the gateway's user may not write " + name);
    }
    Variant value = answers.get(4).value();
    int rank = answers.get(1).value().value() instanceof Integer told ? told : -1;
    if (rank > 1 || value.value() instanceof Matrix) {
      return new Target.Refusing(
          StatusCode.BAD_TYPE_MISMATCH, name + " holds an array of several dimensions");
    }
    Object held = value.value();
    boolean array = held == null ? rank >= 0 : held.getClass().isArray();
    Optional<UaType> written = builtIn(type).or(() -> ofValue(value));
    return written.isPresent()
        ? new Target.Writable(node, written.get(), array)
        : new Target.Refusing(
            StatusCode.BAD_TYPE_MISMATCH,
            "values of data type " + typeName(type) + " cannot be written to " + name);
  }

  /** A level that the server does not tell forbids nothing: the write itself will show. */
  private static boolean writable(DataValue level) {
    return !(level.value().value() instanceof UByte bits) || (bits.intValue() & CURRENT_WRITE) != 0;
  }

  /** Of an abstract data type, what the node holds says which one is meant. */
  private static Optional<UaType> ofValue(Variant value) {
    return value.getDataType().flatMap(type -> UaType.of(type.getTypeId()));
  }

  private Optional<UaType> builtIn(NodeId dataType) throws LinkException, InterruptedException {
    NodeId type = dataType;
    for (int i = 0; i < MAX_SUPERTYPES; i++) {
      if (type.getNamespaceIndex().intValue() == 0
          && type.getIdentifier() instanceof UInteger id
          && id.longValue() <= LAST_BASIC_TYPE) {
        return UaType.of(id.longValue());
      }
      Optional<NodeId> above = supertype(type);
      if (above.isEmpty()) {
        return Optional.empty();
      }
      type = above.get();
    }
    return Optional.empty();
  }

  private Optional<NodeId> supertype(NodeId type) throws LinkException, InterruptedException {
    BrowseResult result =
        Deadlines.require(
            "asking for the type above " + type,
            client.browseAsync(
                new BrowseDescription(
                    type, BrowseDirection.Inverse, NodeIds.HasSubtype, true, uint(0), uint(0))));
    ReferenceDescription[] references = result.getReferences();
    return references == null || references.length == 0
        ? Optional.empty()
        : references[0].getNodeId().toNodeId(namespaces);
  }

  private static String typeName(NodeId type) {
    OpcUaDataType builtIn = OpcUaDataType.fromNodeId(type);
    return builtIn == null ? type.toParseableString() : builtIn.name();
  }
}
