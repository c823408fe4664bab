package io.linewright.edge.app.opcua;

import io.linewright.edge.app.driver.DeviceLink.Life;
import io.linewright.edge.app.driver.LinkException;
import io.linewright.edge.app.opcua.item.MonitoredTags;
import io.linewright.edge.app.opcua.session.Deadlines;
import io.linewright.edge.app.opcua.session.ServerLimits;
import io.linewright.edge.liveness.Silence;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaSession;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.structured.NotificationMessage;
import org.eclipse.milo.opcua.stack.core.types.structured.TransferResult;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up what broke (OPC UA part 4, clause 6.7): session reactivated, else subscription
 * transferred to a new one, else created anew; missed messages are asked for again.
 */
final class Resumption {

  private static final Logger LOG = LoggerFactory.getLogger(Resumption.class);

  /** Most messages that are asked for again; no server keeps that many. */
  private static final int MAX_REPUBLISHED = 10_000;

  private final OpcUaClient client;
  private final SubscriptionMaker maker;
  private final ServerLimits limits;
  private final MonitoredTags tags;
  private final Life life;

  Resumption(
      OpcUaClient client,
      SubscriptionMaker maker,
      ServerLimits limits,
      MonitoredTags tags,
      Life life) {
    this.client = client;
    this.maker = maker;
    this.limits = limits;
    this.tags = tags;
    this.life = life;
  }

  /**
   * Where to go on.
   *
   * @param session present session
   * @param subscription present subscription
   * @param resumed whether the subscription is an old one whose values may be from a silence
   */
  record Resumed(OpcUaSession session, Subscription subscription, boolean resumed) {}

  /**
   * In a new session: goes on with the subscription of an earlier one if the server still has it.
   */
  Resumed adopt(OpcUaSession session, @Nullable Subscription earlier)
      throws LinkException, InterruptedException {
    if (earlier != null && transferred(earlier)) {
      return new Resumed(session, earlier, true);
    }
    return new Resumed(session, maker.make(client, limits), false);
  }

  /** After something broke. */
  Resumed after(BrokenException broken, Resumed before) throws LinkException, InterruptedException {
    if (broken.what() == BrokenException.What.SUBSCRIPTION) {
      SubscriptionMaker.delete(client, before.subscription().id());
      return new Resumed(before.session(), maker.make(client, limits), false);
    }
    OpcUaSession session = awaitSession(before.subscription().lifeSign(), broken.reason());
    if (!session.getSessionId().equals(before.session().getSessionId())) {
      return adopt(session, before.subscription());
    }
    LOG.info("session reactivated");
    return republishFollowing(before.subscription())
        ? new Resumed(session, before.subscription(), true)
        : new Resumed(session, maker.make(client, limits), false);
  }

  /** Milo reactivates the session, or opens a new one; meanwhile the silence is counted. */
  private OpcUaSession awaitSession(Duration lifeSign, String reason)
      throws LinkException, InterruptedException {
    Silence silence = new Silence(lifeSign);
    silence.heard(System.nanoTime());
    boolean told = false;
    while (silence.silentNanos() < SubscriptionRun.GIVE_UP.toNanos()) {
      long asked = System.nanoTime();
      try {
        return client.getSessionAsync().get(silence.tickNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException opening) {
        LOG.trace("no session yet", opening);
      } catch (ExecutionException refused) {
        LOG.debug("no session yet", refused);
        long left = silence.tickNanos() - (System.nanoTime() - asked);
        TimeUnit.NANOSECONDS.sleep(Math.max(0, left));
      }
      if (silence.nothingHeard(System.nanoTime()) && !told) {
        told = true;
        life.silent(reason);
      }
    }
    throw new LinkException(
        reason + "; no session for " + SubscriptionRun.GIVE_UP.toSeconds() + " s");
  }

  private boolean transferred(Subscription subscription)
      throws LinkException, InterruptedException {
    try {
      TransferResult[] results =
          Deadlines.await(
                  "transferring subscription " + subscription.id(),
                  client.transferSubscriptionsAsync(List.of(subscription.id()), false))
              .getResults();
      if (results != null && results.length == 1 && results[0].getStatusCode().isGood()) {
        LOG.info("subscription {} went over to a new session", subscription.id());
        return republishFollowing(subscription);
      }
      LOG.warn(
          "the server does not transfer subscription {} ({}); it is made anew, changes of the"
              + " meantime may be missing",
          subscription.id(),
          results == null || results.length == 0 ? "no result" : results[0].getStatusCode());
    } catch (UaException unsupported) {
      LOG.warn(
          "the server does not transfer subscriptions ({}); it is made anew, changes of the"
              + " meantime may be missing",
          Deadlines.describe(unsupported));
    }
    return false;
  }

  /**
   * Asks for all messages behind the last one dealt with.
   *
   * @return false if the server does not have the subscription any more
   */
  private boolean republishFollowing(Subscription subscription)
      throws LinkException, InterruptedException {
    MessageOrder.Republish server = MessageOrder.over(client, subscription.id());
    for (int i = 0; i < MAX_REPUBLISHED; i++) {
      try {
        NotificationMessage message = server.message(subscription.order().expected());
        for (NotificationMessage next : subscription.order().arrived(message, server)) {
          Notifications.deliver(next, tags);
        }
      } catch (UaException answer) {
        return answer.getStatusCode().value() != StatusCodes.Bad_SubscriptionIdInvalid;
      } catch (BrokenException ended) {
        return false;
      }
    }
    return true;
  }
}
