package io.linewright.edge.app.opcua;

import io.linewright.edge.app.driver.DeviceLink;
import io.linewright.edge.app.driver.LinkException;
import io.linewright.edge.app.driver.StageCounters;
import io.linewright.edge.app.driver.TagChannel;
import io.linewright.edge.app.driver.TagWriter;
import io.linewright.edge.app.driver.WriteOutcome;
import io.linewright.edge.app.opcua.item.CurrentValues;
import io.linewright.edge.app.opcua.item.ItemCreator;
import io.linewright.edge.app.opcua.item.ItemRequests;
import io.linewright.edge.app.opcua.item.MonitoredTags;
import io.linewright.edge.app.opcua.item.RefusedItems;
import io.linewright.edge.app.opcua.session.Deadlines;
import io.linewright.edge.app.opcua.session.OpcUaConnector;
import io.linewright.edge.app.opcua.session.ServerLimits;
import io.linewright.edge.app.opcua.session.Vigil;
import io.linewright.edge.app.opcua.value.ValueParts;
import io.linewright.edge.app.opcua.write.WriteDesk;
import io.linewright.edge.app.opcua.write.WriteRun;
import io.linewright.edge.config.Connection;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One OPC UA session with one subscription that holds all tags of the connection. What breaks is
 * taken up again as part 4, clause 6.7 says: the session is reactivated, else the subscription goes
 * over to a new session, else it is created anew.
 */
public final class OpcUaLink implements DeviceLink, TagWriter {

  private static final Logger LOG = LoggerFactory.getLogger(OpcUaLink.class);

  /** Attempts to go on in one life without a single answer between them. */
  private static final int MAX_IN_VAIN = 5;

  /** Pause before going on when the last attempt was in vain: Milo may not know yet of the end. */
  private static final long PAUSE_MILLIS = 100;

  private final Connection.OpcUa settings;
  private final OpcUaConnector connector;
  private final MonitoredTags tags;
  private final StageCounters counters;
  private final ItemCreator creator;
  private final SubscriptionMaker maker;
  private final Map<TagKey, TagChannel> byKey = new HashMap<>();
  private final WriteDesk writes = new WriteDesk();

  /** Survives the life that made it, for its server may still hold it; null: there is none. */
  private @Nullable Subscription remembered;

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
    this.creator =
        new ItemCreator(this.tags, new ItemRequests(this.tags, settings.publishingInterval()));
    this.maker = new SubscriptionMaker(settings.publishingInterval(), this.tags, creator, counters);
    tags.forEach(tag -> byKey.put(tag.settings().description().key(), tag));
  }

  @Override
  public CompletableFuture<WriteOutcome> write(TagKey tag, SampleValue value, Duration patience) {
    TagChannel channel = byKey.get(tag);
    return channel != null
        ? writes.submit(channel, value, patience)
        : CompletableFuture.completedFuture(
            new WriteOutcome.Refused(
                StatusCode.BAD_NODE_ID_UNKNOWN, tag + " is not on connection " + settings.id()));
  }

  @Override
  public void live(Life life) throws LinkException, InterruptedException {
    OpcUaClient client = connector.connect();
    boolean farewell = true;
    try {
      keepGoing(client, life);
    } catch (LinkException broken) {
      farewell = false; // a farewell deletes the subscription, and with it what it has queued
      throw broken;
    } finally {
      OpcUaConnector.release(client, farewell);
    }
  }

  private void keepGoing(OpcUaClient client, Life life) throws LinkException, InterruptedException {
    OpcUaSession session = Deadlines.require("opening a session", client.getSessionAsync());
    ServerLimits limits = ServerLimits.read(client);
    tags.decodeBy(ValueParts.over(client));
    Vigil vigil = new Vigil(life::silent);
    try (WriteRun running = WriteRun.start(client, writes, limits.nodesPerRead(), settings.id())) {
      ScopedValue.where(Vigil.DRIVER, vigil)
          .call(
              () -> {
                takeValues(client, session, limits, life, vigil);
                return true;
              });
    } catch (LinkException | InterruptedException | RuntimeException ended) {
      throw ended;
    } catch (Exception never) {
      throw new IllegalStateException(never);
    }
  }

  private void takeValues(
      OpcUaClient client, OpcUaSession session, ServerLimits limits, Life life, Vigil vigil)
      throws LinkException, InterruptedException {
    Resumption resumption = new Resumption(client, maker, limits, tags, life);
    Resumption.Resumed from = resumption.adopt(session, remembered);
    for (int inVain = 0; inVain < MAX_IN_VAIN; ) {
      remembered = from.subscription();
      SubscriptionRun run = run(client, from, limits, life, vigil);
      try {
        run.run();
      } catch (LinkException ended) {
        if (!run.answered() && !from.resumed()) {
          remembered = null; // it has nothing that anybody would miss, and perhaps never will
        }
        throw ended;
      } catch (BrokenException broken) {
        vigil.broken();
        inVain = run.answered() ? 0 : inVain + 1;
        if (broken.what() == BrokenException.What.SUBSCRIPTION) {
          life.noData(broken.reason());
        }
        LOG.warn("{}: {}; taking it up again", settings.id(), broken.reason());
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS * inVain);
        from = resumption.after(broken, from);
        counters.reconnected();
      }
    }
    throw new LinkException(
        "the server took the session up " + MAX_IN_VAIN + " times and did not answer once");
  }

  private SubscriptionRun run(
      OpcUaClient client, Resumption.Resumed from, ServerLimits limits, Life life, Vigil vigil) {
    Subscription subscription = from.subscription();
    PublishPump pump =
        new PublishPump(
            client, from.session().getAuthenticationToken(), subscription.lifeSign().toMillis());
    return new SubscriptionRun(
        client,
        subscription,
        from.resumed(),
        pump,
        tags,
        new CurrentValues(client, tags, subscription.created(), limits.nodesPerRead()),
        new RefusedItems(
            client,
            creator,
            subscription.id(),
            subscription.wanted(),
            subscription.created(),
            limits.monitoredItemsPerCall()),
        life,
        vigil);
  }
}
