package io.linewright.simulator.opcua;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.simulator.tag.PlantTag;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.milo.opcua.sdk.core.AccessLevel;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.UaNodeManager;
import org.eclipse.milo.opcua.sdk.server.model.variables.AnalogItemType;
import org.eclipse.milo.opcua.sdk.server.model.variables.BaseAnalogType;
import org.eclipse.milo.opcua.sdk.server.nodes.UaFolderNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNodeContext;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.sdk.server.nodes.filters.AttributeFilters;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.jspecify.annotations.Nullable;

/** Lays out the nodes: a folder for every level of the equipment, below it the tags. */
final class NodeTree {

  private final UaNodeContext context;
  private final UaNodeManager manager;
  private final Function<String, NodeId> ids;
  private final Map<EquipmentPath, UaFolderNode> folders = new HashMap<>();
  private final Set<NodeId> known = new HashSet<>();

  NodeTree(UaNodeContext context, UaNodeManager manager, Function<String, NodeId> ids) {
    this.context = context;
    this.manager = manager;
    this.ids = ids;
  }

  void build(List<PlantTag> tags, PlantNode[] nodes) {
    for (PlantTag tag : tags) {
      UaVariableNode variable = variable(tag);
      PlantNode node = nodes[tag.index()];
      variable.getFilterChain().addLast(AttributeFilters.getValue(read -> node.value()));
      manager.addNode(variable);
      folder(tag.description().key().equipment()).addOrganizes(variable);
    }
  }

  private UaVariableNode variable(PlantTag tag) {
    NodeId id = ids.apply(tag.nodeName());
    if (!known.add(id)) {
      throw new IllegalArgumentException("node " + id + " exists already");
    }
    boolean analog = tag.description().range().isPresent();
    String name = tag.description().key().name().value();
    UaVariableNode node =
        new UaVariableNode.UaVariableNodeBuilder(context)
            .setNodeId(id)
            .setBrowseName(qualified(id, name))
            .setDisplayName(LocalizedText.english(name))
            .setDataType(Values.dataType(tag))
            .setTypeDefinition(analog ? NodeIds.AnalogItemType : NodeIds.BaseDataVariableType)
            .setAccessLevel(AccessLevel.READ_ONLY)
            .setUserAccessLevel(AccessLevel.READ_ONLY)
            .setMinimumSamplingInterval(0.0)
            .build();
    if (analog) {
      node.setProperty(AnalogItemType.EU_RANGE, Values.range(tag));
      node.setProperty(BaseAnalogType.ENGINEERING_UNITS, Values.unit(tag));
    }
    return node;
  }

  private UaFolderNode folder(EquipmentPath path) {
    @Nullable UaFolderNode existing = folders.get(path);
    if (existing != null) {
      return existing;
    }
    NodeId id = ids.apply("equipment/" + path);
    var folder =
        new UaFolderNode(
            context, id, qualified(id, path.name()), LocalizedText.english(path.name()));
    manager.addNode(folder);
    folders.put(path, folder);
    if (path.parent().isPresent()) {
      folder(path.parent().get()).addOrganizes(folder);
    } else {
      folder.addReference(
          new Reference(id, NodeIds.Organizes, NodeIds.ObjectsFolder.expanded(), false));
    }
    return folder;
  }

  private static QualifiedName qualified(NodeId id, String name) {
    return new QualifiedName(id.getNamespaceIndex(), name);
  }
}
