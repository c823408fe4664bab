package io.linewright.edge.app.opcua;

import io.linewright.edge.app.driver.DeviceLink.Life;
import io.linewright.edge.app.driver.LinkException;
import io.linewright.edge.liveness.Silence;
import java.time.Duration;
import org.eclipse.milo.opcua.stack.core.encoding.DefaultEncodingContext;
import org.eclipse.milo.opcua.stack.core.types.UaStructuredType;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.DataChangeNotification;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemNotification;
import org.eclipse.milo.opcua.stack.core.types.structured.NotificationMessage;
import org.eclipse.milo.opcua.stack.core.types.structured.PublishResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.StatusChangeNotification;

/**
 * Takes publish answers until the subscription is of no more use. A silent server first turns the
 * tags Bad while session and queues are kept, so that a short stop loses nothing; after {@link
 * #GIVE_UP} the connection is built anew.
 */
final class SubscriptionRun {

  /** Silence after which session and subscription are given up. */
  static final Duration GIVE_UP = Duration.ofSeconds(15);

  private final UInteger subscription;
  private final Duration interval;
  private final PublishPump pump;
  private final MessageOrder order;
  private final MonitoredTags tags;
  private final CurrentValues current;
  private final RefusedItems refused;
  private final Life life;
  private final Silence silence;
  private boolean answered;
  private boolean silent;
  private boolean restore;

  SubscriptionRun(
      UInteger subscription,
      Duration interval,
      PublishPump pump,
      MessageOrder order,
      MonitoredTags tags,
      CurrentValues current,
      RefusedItems refused,
      Life life) {
    this.subscription = subscription;
    this.interval = interval;
    this.pump = pump;
    this.order = order;
    this.tags = tags;
    this.current = current;
    this.refused = refused;
    this.life = life;
    this.silence = new Silence(interval);
  }

  void run() throws LinkException, InterruptedException {
    pump.start();
    silence.heard(System.nanoTime());
    while (true) {
      PublishResponse response = pump.next(restore ? 0 : silence.tickNanos());
      if (response != null) {
        heard(response);
      } else if (restore) {
        restore = false;
        current.restore();
        life.running();
        silence.heard(System.nanoTime());
      } else if (silence.nothingHeard(System.nanoTime())) {
        nothingHeard();
      }
    }
  }

  private void heard(PublishResponse response) throws LinkException, InterruptedException {
    answered = true;
    silent = false;
    if (!response.getSubscriptionId().equals(subscription)) {
      pump.request();
      return;
    }
    NotificationMessage message = response.getNotificationMessage();
    ExtensionObject[] data = message.getNotificationData();
    if (data != null && data.length > 0) {
      for (NotificationMessage next : order.arrived(message)) {
        deliver(next);
        pump.acknowledge(subscription, next.getSequenceNumber());
      }
    }
    pump.request();
    life.running();
    current.add(refused.tryAgain(System.nanoTime()));
    // Asked for when nothing waits any more: what was queued comes first.
    restore = current.wanted();
    // Time spent on handing on is not the server's silence.
    silence.heard(System.nanoTime());
  }

  private void deliver(NotificationMessage message) throws LinkException, InterruptedException {
    ExtensionObject[] objects = message.getNotificationData();
    for (ExtensionObject object : objects == null ? new ExtensionObject[0] : objects) {
      UaStructuredType data = object.decode(DefaultEncodingContext.INSTANCE);
      if (data instanceof DataChangeNotification change) {
        MonitoredItemNotification[] items = change.getMonitoredItems();
        if (items != null) {
          tags.deliver(items);
        }
      } else if (data instanceof StatusChangeNotification status) {
        throw new LinkException(
            "the server ended the subscription (" + status.getStatus() + "); it is made anew");
      }
    }
  }

  private void nothingHeard() throws LinkException, InterruptedException {
    // Until the first answer a server may be busy with the items; no tag has a value that could
    // rot.
    if (answered && !silent) {
      silent = true;
      life.silent(
          "no answer of the server for "
              + Silence.deadline(interval).toMillis()
              + " ms; it should come every "
              + interval.toMillis()
              + " ms");
    }
    if (silence.silentNanos() >= GIVE_UP.toNanos()) {
      throw new LinkException(
          "the server has been silent for " + GIVE_UP.toSeconds() + " s; the session is given up");
    }
  }
}
