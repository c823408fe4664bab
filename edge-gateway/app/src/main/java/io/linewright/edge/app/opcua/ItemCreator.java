package io.linewright.edge.app.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.linewright.edge.app.driver.LinkException;
import io.linewright.edge.app.driver.TagChannel;
import io.linewright.edge.app.opcua.session.Deadlines;
import io.linewright.edge.config.TagAddress;
import io.linewright.edge.opcua.QueueSizes;
import io.linewright.model.equipment.TagDescription;
import io.linewright.model.sample.StatusCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NamespaceTable;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.UaRuntimeException;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MonitoringMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateMonitoredItemsResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateResult;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoringParameters;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates monitored items in batches. A node that the server refuses turns its own tag Bad; a batch
 * that it refuses as a whole is split until the refused nodes are alone.
 */
final class ItemCreator {

  private static final Logger LOG = LoggerFactory.getLogger(ItemCreator.class);

  private final MonitoredTags tags;
  private final Duration publishingInterval;
  private final Set<Integer> logged = new HashSet<>();

  ItemCreator(MonitoredTags tags, Duration publishingInterval) {
    this.tags = tags;
    this.publishingInterval = publishingInterval;
  }

  /** What an item is created from. */
  record Item(int handle, NodeId node) {}

  /**
   * Resolves the nodes of all tags by the server's present namespace table; tags whose namespace it
   * does not have become Bad.
   */
  List<Item> resolve(NamespaceTable namespaces) throws InterruptedException {
    List<Item> items = new ArrayList<>(tags.size());
    for (int handle = 0; handle < tags.size(); handle++) {
      TagChannel tag = tags.get(handle);
      Optional<NodeId> node = node(tag, namespaces);
      if (node.isPresent()) {
        items.add(new Item(handle, node.get()));
      } else {
        refuse(handle, StatusCode.BAD_NODE_ID_UNKNOWN, "the server has no such namespace");
      }
    }
    return items;
  }

  private static Optional<NodeId> node(TagChannel tag, NamespaceTable namespaces) {
    String text = ((TagAddress.OpcUaNode) tag.settings().address()).nodeId();
    try {
      return text.startsWith("nsu=")
          ? ExpandedNodeId.parse(text).toNodeId(namespaces)
          : Optional.of(NodeId.parse(text));
    } catch (UaRuntimeException notANodeId) {
      return Optional.empty();
    }
  }

  /**
   * @param batch most items of one call, at least 1
   * @return the items that the server monitors
   */
  List<Item> create(OpcUaClient client, UInteger subscription, List<Item> items, int batch)
      throws LinkException, InterruptedException {
    List<Item> created = new ArrayList<>(items.size());
    for (int from = 0; from < items.size(); from += batch) {
      List<Item> part = items.subList(from, Math.min(items.size(), from + batch));
      createOrSplit(client, subscription, part, created);
    }
    return created;
  }

  private void createOrSplit(
      OpcUaClient client, UInteger subscription, List<Item> items, List<Item> created)
      throws LinkException, InterruptedException {
    List<MonitoredItemCreateRequest> requests = items.stream().map(this::request).toList();
    try {
      CreateMonitoredItemsResponse response =
          Deadlines.await(
              "creating " + items.size() + " monitored items",
              client.createMonitoredItemsAsync(subscription, TimestampsToReturn.Both, requests));
      accept(items, response.getResults(), created);
    } catch (UaException refused) {
      if (items.size() == 1) {
        refuse(
            items.getFirst().handle,
            StatusCode.of((int) refused.getStatusCode().value()),
            Deadlines.describe(refused));
        return;
      }
      int middle = items.size() / 2;
      createOrSplit(client, subscription, items.subList(0, middle), created);
      createOrSplit(client, subscription, items.subList(middle, items.size()), created);
    }
  }

  private void accept(
      List<Item> items, MonitoredItemCreateResult @Nullable [] results, List<Item> created)
      throws LinkException, InterruptedException {
    if (results == null || results.length != items.size()) {
      throw new LinkException("the server answered for another number of items than asked for");
    }
    for (int i = 0; i < results.length; i++) {
      Item item = items.get(i);
      if (results[i].getStatusCode().isGood()) {
        created.add(item);
      } else {
        refuse(
            item.handle,
            StatusCode.of((int) results[i].getStatusCode().value()),
            results[i].getStatusCode().toString());
      }
    }
  }

  private void refuse(int handle, StatusCode status, String reason) throws InterruptedException {
    TagChannel tag = tags.get(handle);
    if (logged.add(handle)) {
      LOG.warn(
          "{}: the server does not monitor {} ({}); the tag is Bad. Correct node in the gateway file"
              + " or add it to the server",
          tag.key(),
          ((TagAddress.OpcUaNode) tag.settings().address()).nodeId(),
          reason);
    }
    tag.mark(status);
  }

  private MonitoredItemCreateRequest request(Item item) {
    TagDescription tag = tags.get(item.handle).settings().description();
    // 0: the fastest rate that the server has for the node, by exception if it can.
    MonitoringParameters parameters =
        new MonitoringParameters(
            uint(item.handle),
            0.0,
            null,
            uint(QueueSizes.of(publishingInterval, tag.sampling())),
            true);
    ReadValueId value = readValue(item);
    return new MonitoredItemCreateRequest(value, MonitoringMode.Reporting, parameters);
  }

  static ReadValueId readValue(Item item) {
    return new ReadValueId(item.node, AttributeId.Value.uid(), null, QualifiedName.NULL_VALUE);
  }

  /** Items whose handles are not among those given. */
  static List<Item> without(List<Item> items, List<Item> others) {
    Set<Item> exclude = new HashSet<>(others);
    return IntStream.range(0, items.size())
        .mapToObj(items::get)
        .filter(i -> !exclude.contains(i))
        .toList();
  }
}
