package io.linewright.edge.app.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.linewright.edge.app.driver.DeviceLink;
import io.linewright.edge.app.driver.LinkException;
import io.linewright.edge.app.driver.StageCounters;
import io.linewright.edge.app.driver.TagChannel;
import io.linewright.edge.app.opcua.session.Deadlines;
import io.linewright.edge.app.opcua.session.OpcUaConnector;
import io.linewright.edge.config.Connection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaSession;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSubscriptionResponse;

/** One OPC UA session with one subscription that holds all tags of the connection. */
public final class OpcUaLink implements DeviceLink {

  /** Time that a subscription survives at the server without us. */
  private static final Duration LIFETIME = Duration.ofSeconds(60);

  /** Changes of one publish answer; the server sends the rest in further ones. */
  private static final int MAX_NOTIFICATIONS = 5_000;

  /** Smallest count at which Milo's server sends keep-alives at all; see {@link Heartbeat}. */
  private static final int KEEP_ALIVE_COUNT = 2;

  private final Connection.OpcUa settings;
  private final OpcUaConnector connector;
  private final MonitoredTags tags;
  private final StageCounters counters;
  private final ItemCreator creator;

  /**
   * @param tags all tags of the connection
   * @param pki directory of the gateway's own certificate
   * @param gateway {@code group/node}
   */
  public OpcUaLink(
      Connection.OpcUa settings,
      List<TagChannel> tags,
      StageCounters counters,
      Path pki,
      String gateway) {
    this.settings = settings;
    this.connector = new OpcUaConnector(settings, pki, gateway);
    this.tags = new MonitoredTags(tags, counters);
    this.counters = counters;
    this.creator = new ItemCreator(this.tags, settings.publishingInterval());
  }

  @Override
  public void live(Life life) throws LinkException, InterruptedException {
    OpcUaClient client = connector.connect();
    try {
      subscribe(client, life).run();
    } finally {
      OpcUaConnector.release(client);
    }
  }

  private SubscriptionRun subscribe(OpcUaClient client, Life life)
      throws LinkException, InterruptedException {
    OpcUaSession session = Deadlines.require("opening a session", client.getSessionAsync());
    List<ItemCreator.Item> items =
        creator.resolve(
            Deadlines.require("reading the namespaces", client.readNamespaceTableAsync()));
    ServerLimits limits = ServerLimits.read(client);
    CreateSubscriptionResponse subscription = createSubscription(client);
    List<ItemCreator.Item> created =
        creator.create(
            client, subscription.getSubscriptionId(), items, limits.monitoredItemsPerCall());
    Duration lifeSign = Heartbeat.create(client, subscription, tags.size());
    PublishPump pump =
        new PublishPump(client, session.getAuthenticationToken(), lifeSign.toMillis());
    CurrentValues current = new CurrentValues(client, tags, created, limits.nodesPerRead());
    RefusedItems refused =
        new RefusedItems(
            client,
            creator,
            subscription.getSubscriptionId(),
            ItemCreator.without(items, created),
            limits.monitoredItemsPerCall());
    return new SubscriptionRun(
        subscription.getSubscriptionId(),
        lifeSign,
        pump,
        new MessageOrder(
            MessageOrder.over(client, subscription.getSubscriptionId()),
            subscription.getSubscriptionId(),
            counters),
        tags,
        current,
        refused,
        life);
  }

  private CreateSubscriptionResponse createSubscription(OpcUaClient client)
      throws LinkException, InterruptedException {
    double intervalMillis = settings.publishingInterval().toNanos() / 1e6;
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
}
