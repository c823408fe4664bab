package io.linewright.simulator.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.linewright.simulator.tag.PlantTag;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.eclipse.milo.opcua.sdk.server.AccessContext;
import org.eclipse.milo.opcua.sdk.server.AttributeReader;
import org.eclipse.milo.opcua.sdk.server.ManagedNamespaceWithLifecycle;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredItem;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.jspecify.annotations.Nullable;

/**
 * The plant's nodes. Nothing here polls: a change is pushed into the monitored items of its node at
 * once, whatever sampling interval they asked for.
 */
final class PlantNamespace extends ManagedNamespaceWithLifecycle {

  /** URI of the namespace; node ids are {@code s=<machine>/<tag>}. */
  static final String URI = "urn:linewright:plant";

  /** Queues hold at least the changes of this time, so that a client may pause that long. */
  private static final Duration SHORTEST_QUEUE = Duration.ofSeconds(10);

  private static final int SMALLEST_QUEUE = 20;
  private static final int LARGEST_QUEUE = 65_535;

  private final List<PlantTag> tags;
  private final double speed;
  private final PlantNode[] nodesByTag;
  private final Map<NodeId, PlantTag> tagsByNode = new HashMap<>();

  /**
   * @param tags tags on OPC UA
   * @param nodes by index of the tag; the same length as the plant's tags
   * @param speed simulated seconds per second
   */
  PlantNamespace(OpcUaServer server, List<PlantTag> tags, PlantNode[] nodes, double speed) {
    super(server, URI);
    this.tags = List.copyOf(tags);
    this.nodesByTag = nodes.clone();
    this.speed = speed;
    for (PlantTag tag : tags) {
      tagsByNode.put(newNodeId(tag.nodeName()), tag);
    }
    getLifecycleManager()
        .addStartupTask(
            () ->
                new NodeTree(getNodeContext(), getNodeManager(), this::newNodeId)
                    .build(this.tags, nodesByTag));
  }

  /** How many nodes nobody is told of. */
  int unreported() {
    int count = 0;
    for (PlantTag tag : tags) {
      if (!nodesByTag[tag.index()].isReported()) {
        count++;
      }
    }
    return count;
  }

  @Override
  public RevisedDataItemParameters onCreateDataItem(
      ReadValueId item, Double samplingInterval, UInteger queueSize) {
    return revised(item, samplingInterval, queueSize);
  }

  @Override
  public RevisedDataItemParameters onModifyDataItem(
      ReadValueId item, Double samplingInterval, UInteger queueSize) {
    return revised(item, samplingInterval, queueSize);
  }

  @Override
  public void onDataItemsCreated(List<DataItem> items) {
    forEach(items, PlantNode::add);
  }

  @Override
  public void onDataItemsModified(List<DataItem> items) {
    forEach(items, PlantNode::refresh);
  }

  @Override
  public void onDataItemsDeleted(List<DataItem> items) {
    forEach(items, PlantNode::remove);
  }

  @Override
  public void onMonitoringModeChanged(List<MonitoredItem> items) {
    forEach(
        items.stream().filter(DataItem.class::isInstance).map(DataItem.class::cast).toList(),
        PlantNode::refresh);
  }

  private void forEach(List<DataItem> items, BiConsumer<PlantNode, DataItem> action) {
    for (DataItem item : items) {
      @Nullable PlantTag tag = tagsByNode.get(item.getReadValueId().getNodeId());
      if (tag != null && isValue(item.getReadValueId())) {
        action.accept(nodesByTag[tag.index()], item);
      } else if (item.isSamplingEnabled()) {
        item.setValue(constant(item.getReadValueId()));
      }
    }
  }

  /** Attributes other than the value, and properties, never change. */
  private DataValue constant(ReadValueId id) {
    return getNodeManager()
        .getNode(id.getNodeId())
        .map(
            node ->
                AttributeReader.readAttribute(
                    AccessContext.INTERNAL, node, id.getAttributeId(), null, null, null))
        .orElseGet(() -> new DataValue(new StatusCode(StatusCodes.Bad_NodeIdUnknown)));
  }

  private RevisedDataItemParameters revised(
      ReadValueId item, Double samplingInterval, UInteger queueSize) {
    @Nullable PlantTag tag = tagsByNode.get(item.getNodeId());
    if (tag == null || !isValue(item)) {
      return new RevisedDataItemParameters(samplingInterval, queueSize);
    }
    double pace = tag.pace().toNanos() / 1e6 / speed;
    double milliseconds = Math.max((double) SHORTEST_QUEUE.toMillis(), 2 * samplingInterval);
    long needed = Math.max(SMALLEST_QUEUE, (long) Math.ceil(milliseconds / pace));
    long size = Math.max(queueSize.longValue(), Math.min(needed, LARGEST_QUEUE));
    return new RevisedDataItemParameters(samplingInterval, uint(size));
  }

  private static boolean isValue(ReadValueId item) {
    return item.getAttributeId().equals(AttributeId.Value.uid());
  }
}
