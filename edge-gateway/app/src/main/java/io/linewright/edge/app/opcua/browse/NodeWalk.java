package io.linewright.edge.app.opcua.browse;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.linewright.edge.app.driver.LinkException;
import io.linewright.edge.app.opcua.session.Deadlines;
import io.linewright.edge.opcua.Batches;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.NamespaceTable;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseDirection;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseResultMask;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseResult;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;
import org.jspecify.annotations.Nullable;

/** Walks a server's address space from its Objects folder, level by level and within bounds. */
final class NodeWalk {

  private static final Found OBJECTS = new Found(NodeIds.ObjectsFolder, "", false, null);
  private static final int MAX_DEPTH = 32;
  private static final int MAX_PAGES = 10_000;

  /** A node that was found. */
  record Found(NodeId node, String name, boolean variable, @Nullable Found parent) {

    /** Names from below the Objects folder down to this node. */
    List<String> path() {
      List<String> path = new ArrayList<>();
      for (Found at = this; at != null; at = at.parent) {
        path.addFirst(at.name);
      }
      return path;
    }
  }

  private final OpcUaClient client;
  private final NamespaceTable namespaces;
  private final int nodesPerBrowse;
  private final int maxNodes;
  private boolean cut;

  NodeWalk(OpcUaClient client, NamespaceTable namespaces, int nodesPerBrowse, int maxNodes) {
    this.client = client;
    this.namespaces = namespaces;
    this.nodesPerBrowse = nodesPerBrowse;
    this.maxNodes = maxNodes;
  }

  /** Whether there was more than may be looked at. */
  boolean cut() {
    return cut;
  }

  /** All objects and variables below Objects, without the Server object; parents first. */
  List<Found> walk() throws LinkException, InterruptedException {
    List<Found> all = new ArrayList<>();
    Set<NodeId> seen = new HashSet<>(Set.of(NodeIds.ObjectsFolder, NodeIds.Server));
    List<Found> level = new ArrayList<>();
    level.add(OBJECTS);
    for (int depth = 0; depth < MAX_DEPTH && !level.isEmpty() && !cut; depth++) {
      List<Found> next = new ArrayList<>();
      for (List<Found> part : Batches.of(level, nodesPerBrowse)) {
        List<NodeId> nodes = part.stream().map(Found::node).toList();
        List<List<ReferenceDescription>> children =
            references(nodes, NodeIds.HierarchicalReferences);
        for (int i = 0; i < part.size(); i++) {
          add(part.get(i), children.get(i), seen, all, next);
        }
      }
      level = next;
    }
    cut |= !level.isEmpty();
    return all;
  }

  private void add(
      Found parent,
      List<ReferenceDescription> children,
      Set<NodeId> seen,
      List<Found> all,
      List<Found> next) {
    for (ReferenceDescription child : children) {
      Optional<NodeId> node = child.getNodeId().toNodeId(namespaces);
      boolean variable = child.getNodeClass() == NodeClass.Variable;
      if (node.isEmpty()
          || !(variable || child.getNodeClass() == NodeClass.Object)
          || NodeIds.HasProperty.equals(child.getReferenceTypeId())
          || !seen.add(node.get())) {
        continue;
      }
      if (all.size() >= maxNodes) {
        cut = true;
        return;
      }
      String name = child.getBrowseName().name();
      Found found =
          new Found(
              node.get(),
              name == null ? "" : name,
              variable,
              parent.equals(OBJECTS) ? null : parent);
      all.add(found);
      next.add(found);
    }
  }

  /** Property nodes of variables, by name. */
  List<Map<String, NodeId>> properties(List<NodeId> variables)
      throws LinkException, InterruptedException {
    List<Map<String, NodeId>> properties = new ArrayList<>();
    for (List<NodeId> part : Batches.of(variables, nodesPerBrowse)) {
      for (List<ReferenceDescription> of : references(part, NodeIds.HasProperty)) {
        Map<String, NodeId> byName = new LinkedHashMap<>();
        for (ReferenceDescription property : of) {
          String name = property.getBrowseName().name();
          property
              .getNodeId()
              .toNodeId(namespaces)
              .ifPresent(node -> byName.put(name == null ? "" : name, node));
        }
        properties.add(byName);
      }
    }
    return properties;
  }

  private List<List<ReferenceDescription>> references(List<NodeId> nodes, NodeId referenceType)
      throws LinkException, InterruptedException {
    List<BrowseDescription> questions =
        nodes.stream()
            .map(
                node ->
                    new BrowseDescription(
                        node,
                        BrowseDirection.Forward,
                        referenceType,
                        true,
                        uint(NodeClass.Object.getValue() | NodeClass.Variable.getValue()),
                        uint(BrowseResultMask.All.getValue())))
            .toList();
    List<BrowseResult> results =
        Deadlines.require("browsing " + nodes.size() + " nodes", client.browseAsync(questions));
    if (results.size() != nodes.size()) {
      throw new LinkException("the server answered for another number of nodes than asked for");
    }
    List<List<ReferenceDescription>> all = new ArrayList<>();
    for (BrowseResult result : results) {
      List<ReferenceDescription> of = new ArrayList<>();
      addTo(of, result);
      ByteString more = result.getContinuationPoint();
      for (int page = 0; more != null && more.isNotNull() && page < MAX_PAGES; page++) {
        BrowseResult[] next =
            Deadlines.require("browsing on", client.browseNextAsync(false, List.of(more)))
                .getResults();
        if (next == null || next.length != 1) {
          break;
        }
        addTo(of, next[0]);
        more = next[0].getContinuationPoint();
      }
      all.add(of);
    }
    return all;
  }

  private static void addTo(List<ReferenceDescription> all, BrowseResult result) {
    ReferenceDescription[] references = result.getReferences();
    if (references != null) {
      all.addAll(List.of(references));
    }
  }
}
