package io.linewright.edge.app.opcua;

import io.linewright.edge.app.driver.LinkException;
import io.linewright.edge.app.driver.StageCounters;
import io.linewright.edge.app.opcua.session.Deadlines;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned;
import org.eclipse.milo.opcua.stack.core.types.structured.NotificationMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts notification messages into the order of their sequence numbers, drops repeated ones and asks
 * again for missing ones (OPC UA part 4, clause 5.14.1.1 and 5.14.6).
 */
final class MessageOrder {

  private static final Logger LOG = LoggerFactory.getLogger(MessageOrder.class);

  /** Messages held back while one before them is missing; then it is asked for again. */
  private static final int MAX_HELD = 3;

  /** Sequence numbers roll over from here to 1. */
  private static final long MAX_SEQUENCE = 0xFFFF_FFFFL;

  /** Asks the server once more for a message. */
  interface Republish {

    /**
     * The message of that sequence number.
     *
     * @throws UaException if the server does not have it any more
     */
    NotificationMessage message(long sequence)
        throws UaException, LinkException, InterruptedException;
  }

  private final UInteger subscription;
  private final StageCounters counters;
  private final TreeMap<Long, NotificationMessage> held = new TreeMap<>();
  private long expected = 1;

  MessageOrder(UInteger subscription, StageCounters counters) {
    this.subscription = subscription;
    this.counters = counters;
  }

  /** Asks over the given client. */
  static Republish over(OpcUaClient client, UInteger subscription) {
    return sequence ->
        Deadlines.await(
                "asking again for message " + sequence,
                client.republishAsync(subscription, Unsigned.uint(sequence)))
            .getNotificationMessage();
  }

  /** Sequence number of the next message to deal with. */
  long expected() {
    return expected;
  }

  /**
   * The messages that may be dealt with now, in order; each sequence number at most once.
   *
   * @param republish asks for those that are missing
   */
  List<NotificationMessage> arrived(NotificationMessage message, Republish republish)
      throws LinkException, InterruptedException {
    long sequence = message.getSequenceNumber().longValue();
    if (sequence == expected && held.isEmpty()) {
      expected = after(expected);
      return List.of(message);
    }
    long ahead = Math.floorMod(sequence - expected, MAX_SEQUENCE);
    if (ahead > MAX_SEQUENCE / 2) {
      return List.of(); // dealt with before
    }
    held.put(sequence, message);
    List<NotificationMessage> ready = new ArrayList<>();
    drain(ready);
    while (held.size() >= MAX_HELD) {
      askAgain(ready, republish);
      drain(ready);
    }
    return ready;
  }

  private void drain(List<NotificationMessage> ready) {
    for (NotificationMessage next = held.remove(expected);
        next != null;
        next = held.remove(expected)) {
      ready.add(next);
      expected = after(expected);
    }
  }

  private void askAgain(List<NotificationMessage> ready, Republish republish)
      throws LinkException, InterruptedException {
    try {
      ready.add(republish.message(expected));
    } catch (UaException gone) {
      counters.messageLost();
      LOG.warn(
          "message {} of subscription {} is lost: {}; some changes are missing",
          expected,
          subscription,
          Deadlines.describe(gone));
    }
    expected = after(expected);
  }

  private static long after(long sequence) {
    return sequence == MAX_SEQUENCE ? 1 : sequence + 1;
  }
}
