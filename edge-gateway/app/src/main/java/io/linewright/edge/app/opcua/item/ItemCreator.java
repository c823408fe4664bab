package io.linewright.edge.app.opcua.item;

import io.linewright.edge.app.driver.LinkException;
import io.linewright.edge.app.opcua.session.Deadlines;
import io.linewright.edge.opcua.Batches;
import io.linewright.model.sample.StatusCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.NamespaceTable;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.UaRuntimeException;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateMonitoredItemsResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateResult;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates monitored items in batches. A node that the server refuses turns its own tags Bad; a
 * batch that it refuses as a whole is split until the refused nodes are alone. A server that
 * refuses only the deadband reports every change instead.
 */
public final class ItemCreator {

  private static final Logger LOG = LoggerFactory.getLogger(ItemCreator.class);

  private final MonitoredTags tags;
  private final ItemRequests requests;
  private final Set<Integer> logged = new HashSet<>();

  public ItemCreator(MonitoredTags tags, ItemRequests requests) {
    this.tags = tags;
    this.requests = requests;
  }

  /**
   * Resolves the nodes of all tags by the server's present namespace table; tags whose namespace it
   * does not have become Bad.
   */
  public List<Item> resolve(NamespaceTable namespaces) throws InterruptedException {
    List<Item> items = new ArrayList<>(tags.size());
    for (int handle = 0; handle < tags.size(); handle++) {
      Optional<NodeId> node = node(tags.nodeId(handle), namespaces);
      if (node.isPresent()) {
        items.add(new Item(handle, node.get()));
      } else {
        refuse(handle, StatusCode.BAD_NODE_ID_UNKNOWN, "the server has no such namespace");
      }
    }
    return items;
  }

  public static Optional<NodeId> node(String text, NamespaceTable namespaces) {
    try {
      return text.startsWith("nsu=")
          ? ExpandedNodeId.parse(text).toNodeId(namespaces)
          : Optional.of(NodeId.parse(text));
    } catch (UaRuntimeException notANodeId) {
      return Optional.empty();
    }
  }

  /**
   * Creates items.
   *
   * @param batch most items of one call, at least 1
   * @return the items that the server monitors
   * @throws LinkException if the connection or the subscription is gone
   */
  public List<Item> create(OpcUaClient client, UInteger subscription, List<Item> items, int batch)
      throws LinkException, InterruptedException {
    List<Item> created = new ArrayList<>(items.size());
    List<Item> unfiltered = new ArrayList<>();
    Attempt attempt = new Attempt(client, subscription, true, created, unfiltered);
    for (List<Item> part : Batches.of(items, batch)) {
      createOrSplit(attempt, part);
    }
    Attempt second = new Attempt(client, subscription, false, created, new ArrayList<>());
    for (List<Item> part : Batches.of(unfiltered, batch)) {
      createOrSplit(second, part);
    }
    return created;
  }

  /** Where the results of one pass over the items go. */
  private record Attempt(
      OpcUaClient client,
      UInteger subscription,
      boolean filtered,
      List<Item> created,
      List<Item> filterRefused) {}

  private void createOrSplit(Attempt attempt, List<Item> items)
      throws LinkException, InterruptedException {
    List<MonitoredItemCreateRequest> wanted =
        items.stream().map(item -> requests.of(item, attempt.filtered)).toList();
    try {
      CreateMonitoredItemsResponse response =
          Deadlines.await(
              "creating " + items.size() + " monitored items",
              attempt.client.createMonitoredItemsAsync(
                  attempt.subscription, TimestampsToReturn.Both, wanted));
      accept(attempt, items, response.getResults());
    } catch (UaException refused) {
      if (Deadlines.endsConnection(refused)) {
        throw new LinkException(
            "creating monitored items: " + Deadlines.describe(refused), refused);
      }
      if (items.size() == 1) {
        refuse(
            items.getFirst().handle(),
            StatusCode.of((int) refused.getStatusCode().value()),
            Deadlines.describe(refused));
        return;
      }
      for (List<Item> half : Batches.halves(items)) {
        createOrSplit(attempt, half);
      }
    }
  }

  private void accept(
      Attempt attempt, List<Item> items, MonitoredItemCreateResult @Nullable [] results)
      throws LinkException, InterruptedException {
    if (results == null || results.length != items.size()) {
      throw new LinkException("the server answered for another number of items than asked for");
    }
    for (int i = 0; i < results.length; i++) {
      Item item = items.get(i);
      var status = results[i].getStatusCode();
      if (status.isGood()) {
        attempt.created.add(item);
        Double sampling = results[i].getRevisedSamplingInterval();
        tags.sampledEvery(item.handle(), sampling == null ? 0 : Math.max(0, sampling));
      } else if (attempt.filtered && requests.refusesFilter(item, status.value())) {
        attempt.filterRefused.add(item);
        LOG.warn(
            "{}: the server refuses the deadband ({}); every change is taken instead",
            tags.tags(item.handle()).getFirst().key(),
            status);
      } else {
        refuse(item.handle(), StatusCode.of((int) status.value()), status.toString());
      }
    }
  }

  private void refuse(int handle, StatusCode status, String reason) throws InterruptedException {
    if (logged.add(handle)) {
      LOG.warn(
          "{}: the server does not monitor {} ({}); the tag is Bad. Correct node in the gateway file"
              + " or add it to the server",
          tags.tags(handle).getFirst().key(),
          tags.nodeId(handle),
          reason);
    }
    tags.mark(handle, status);
  }
}
