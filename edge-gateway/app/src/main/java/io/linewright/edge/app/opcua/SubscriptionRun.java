package io.linewright.edge.app.opcua;

import io.linewright.edge.app.driver.DeviceLink.Life;
import io.linewright.edge.app.driver.LinkException;
import io.linewright.edge.app.opcua.item.CurrentValues;
import io.linewright.edge.app.opcua.item.MonitoredTags;
import io.linewright.edge.app.opcua.item.RefusedItems;
import io.linewright.edge.app.opcua.session.Vigil;
import io.linewright.edge.liveness.Silence;
import java.time.Duration;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.structured.NotificationMessage;
import org.eclipse.milo.opcua.stack.core.types.structured.PublishResponse;

/**
 * Takes publish answers until the subscription is of no more use. A silent server first turns the
 * tags Bad while session and queues are kept, so that a short stop loses nothing; after {@link
 * #GIVE_UP} the connection is built anew.
 */
final class SubscriptionRun {

  /** Silence after which the session is given up. */
  static final Duration GIVE_UP = Duration.ofSeconds(15);

  private final Subscription subscription;
  private final MessageOrder.Republish republish;
  private final PublishPump pump;
  private final MonitoredTags tags;
  private final CurrentValues current;
  private final RefusedItems refused;
  private final DataAge age;
  private final Life life;
  private final Vigil vigil;
  private final Silence silence;
  private boolean answered;
  private boolean silent;
  private final boolean resumed;
  private boolean restore;

  /**
   * @param resumed whether tags have values that could rot before the first answer
   */
  SubscriptionRun(
      OpcUaClient client,
      Subscription subscription,
      boolean resumed,
      PublishPump pump,
      MonitoredTags tags,
      CurrentValues current,
      RefusedItems refused,
      Life life,
      Vigil vigil) {
    this.subscription = subscription;
    this.republish = MessageOrder.over(client, subscription.id());
    this.pump = pump;
    this.tags = tags;
    this.current = current;
    this.refused = refused;
    this.life = life;
    this.vigil = vigil;
    this.silence = new Silence(subscription.lifeSign());
    this.resumed = resumed;
    this.age = new DataAge(client, tags, subscription);
  }

  /** Whether the server has answered at all. */
  boolean answered() {
    return answered;
  }

  void run() throws BrokenException, LinkException, InterruptedException {
    pump.start();
    silence.heard(System.nanoTime());
    age.valuesCame(System.nanoTime());
    while (true) {
      PublishResponse response = pump.next(restore ? 0 : silence.tickNanos());
      if (response != null) {
        heard(response);
      } else if (restore) {
        restore = false;
        current.restore();
        running();
        silence.heard(System.nanoTime());
      } else if (silence.nothingHeard(System.nanoTime())) {
        nothingHeard();
      }
    }
  }

  private void heard(PublishResponse response)
      throws BrokenException, LinkException, InterruptedException {
    if (!answered) {
      answered = true;
      vigil.over(subscription.lifeSign(), pump::answeredSince);
    }
    age.answered();
    silent = false;
    if (!response.getSubscriptionId().equals(subscription.id())) {
      pump.request();
      return;
    }
    NotificationMessage message = response.getNotificationMessage();
    ExtensionObject[] data = message.getNotificationData();
    if (data != null && data.length > 0) {
      int values = 0;
      for (NotificationMessage next : subscription.order().arrived(message, republish)) {
        values += Notifications.deliver(next, tags);
        pump.acknowledge(subscription.id(), next.getSequenceNumber());
      }
      if (values > 0) {
        age.valuesCame(System.nanoTime());
      }
    }
    pump.request();
    running();
    refused.tryAgain(System.nanoTime());
    age.look(System.nanoTime());
    // Asked for when nothing waits any more: what was queued comes first.
    restore = !Boolean.TRUE.equals(response.getMoreNotifications()) && current.wanted();
    // Time spent on handing on is not the server's silence.
    silence.heard(System.nanoTime());
  }

  private void running() {
    if (subscription.created().isEmpty() && tags.size() > 0) {
      life.noData("the server monitors none of the " + tags.size() + " nodes");
    } else {
      life.running();
    }
  }

  private void nothingHeard() throws BrokenException, LinkException, InterruptedException {
    // Until the first answer a server may be busy with the items; no tag has a value that could
    // rot.
    if ((answered || resumed) && !silent) {
      silent = true;
      life.silent(
          "no answer of the server for "
              + Silence.deadline(subscription.lifeSign()).toMillis()
              + " ms; it should come every "
              + subscription.lifeSign().toMillis()
              + " ms");
    }
    // One that went over from another session may be dead as well: it would go over for ever.
    if ((answered || resumed) && age.answersReadsOnly(System.nanoTime(), silence.silentNanos())) {
      throw new BrokenException(
          BrokenException.What.SUBSCRIPTION,
          "the server answers reads, its subscription is silent",
          null);
    }
    if (silence.silentNanos() >= GIVE_UP.toNanos()) {
      throw new LinkException(
          "the server has been silent for " + GIVE_UP.toSeconds() + " s; the session is given up");
    }
  }
}
