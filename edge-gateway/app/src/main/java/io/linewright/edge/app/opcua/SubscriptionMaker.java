package io.linewright.edge.app.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.linewright.edge.app.driver.LinkException;
import io.linewright.edge.app.driver.StageCounters;
import io.linewright.edge.app.opcua.item.Item;
import io.linewright.edge.app.opcua.item.ItemCreator;
import io.linewright.edge.app.opcua.item.MonitoredTags;
import io.linewright.edge.app.opcua.session.Deadlines;
import io.linewright.edge.app.opcua.session.ServerLimits;
import java.time.Duration;
import java.util.List;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSubscriptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the subscription of a connection with all its items. */
final class SubscriptionMaker {

  private static final Logger LOG = LoggerFactory.getLogger(SubscriptionMaker.class);

  /** Time that a subscription survives at the server without us. */
  private static final Duration LIFETIME = Duration.ofSeconds(60);

  /** Changes of one publish answer; the server sends the rest in further ones. */
  private static final int MAX_NOTIFICATIONS = 5_000;

  /** Smallest count at which Milo's server sends keep-alives at all; see {@link Heartbeat}. */
  private static final int KEEP_ALIVE_COUNT = 2;

  private final Duration publishingInterval;
  private final MonitoredTags tags;
  private final ItemCreator creator;
  private final StageCounters counters;

  SubscriptionMaker(
      Duration publishingInterval,
      MonitoredTags tags,
      ItemCreator creator,
      StageCounters counters) {
    this.publishingInterval = publishingInterval;
    this.tags = tags;
    this.creator = creator;
    this.counters = counters;
  }

  Subscription make(OpcUaClient client, ServerLimits limits)
      throws LinkException, InterruptedException {
    List<Item> wanted =
        creator.resolve(
            Deadlines.require("reading the namespaces", client.readNamespaceTableAsync()));
    CreateSubscriptionResponse response = create(client);
    UInteger id = response.getSubscriptionId();
    List<Item> created = creator.create(client, id, wanted, limits.monitoredItemsPerCall());
    Duration lifeSign = Heartbeat.create(client, response, tags.size());
    return new Subscription(id, lifeSign, wanted, created, new MessageOrder(id, counters));
  }

  private CreateSubscriptionResponse create(OpcUaClient client)
      throws LinkException, InterruptedException {
    double intervalMillis = publishingInterval.toNanos() / 1e6;
    long lifetime = Math.max(10, Math.round(LIFETIME.toMillis() / intervalMillis));
    return Deadlines.require(
        "creating a subscription",
        client.createSubscriptionAsync(
            intervalMillis,
            uint(lifetime),
            uint(KEEP_ALIVE_COUNT),
            uint(MAX_NOTIFICATIONS),
            true,
            ubyte(0)));
  }

  /** Lets the server forget a subscription that is of no more use. */
  static void delete(OpcUaClient client, UInteger id) throws LinkException, InterruptedException {
    try {
      Deadlines.await("deleting subscription " + id, client.deleteSubscriptionsAsync(List.of(id)));
    } catch (UaException gone) {
      LOG.debug("subscription {} is gone already", id, gone);
    }
  }
}
