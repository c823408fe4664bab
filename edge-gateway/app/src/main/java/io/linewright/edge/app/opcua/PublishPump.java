package io.linewright.edge.app.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.linewright.edge.app.opcua.session.Deadlines;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.PublishRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.PublishResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.SubscriptionAcknowledgement;
import org.jspecify.annotations.Nullable;

/**
 * Keeps publish requests waiting at the server. A request is sent again only when the caller has
 * dealt with an answer: a gateway that cannot take more lets the server's queues fill. For one
 * thread, apart from the arrivals.
 */
final class PublishPump {

  /** Requests that wait at the server: one to be answered, the others cover the way back. */
  private static final int REQUESTS = 4;

  private static final long MIN_TIMEOUT_MS = 60_000;

  private record Arrival(@Nullable PublishResponse response, @Nullable Throwable failure) {}

  private final OpcUaClient client;
  private final NodeId session;
  private final UInteger timeoutMillis;

  /** Holds at most {@link #REQUESTS}: there is no answer without a request. */
  private final LinkedBlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();

  private final AtomicBoolean answered = new AtomicBoolean();
  private final List<SubscriptionAcknowledgement> acknowledgements = new ArrayList<>();

  /**
   * @param session authentication token of the session; a session that Milo opened meanwhile is
   *     none of ours
   * @param intervalMillis time between two answers of a healthy server
   */
  PublishPump(OpcUaClient client, NodeId session, long intervalMillis) {
    this.client = client;
    this.session = session;
    this.timeoutMillis = uint(Math.max(MIN_TIMEOUT_MS, 4 * REQUESTS * intervalMillis));
  }

  void start() {
    for (int i = 0; i < REQUESTS; i++) {
      request();
    }
  }

  /** The answer has been dealt with: its message may be forgotten by the server. */
  void acknowledge(UInteger subscription, UInteger sequence) {
    acknowledgements.add(new SubscriptionAcknowledgement(subscription, sequence));
  }

  /** Sends one more request, with all acknowledgements so far. */
  void request() {
    PublishRequest request =
        new PublishRequest(
            client.newRequestHeader(session, timeoutMillis),
            acknowledgements.toArray(SubscriptionAcknowledgement[]::new));
    acknowledgements.clear();
    client
        .sendRequestAsync(request)
        .whenComplete(
            (response, failure) -> {
              if (failure == null) {
                answered.set(true);
              }
              arrivals.add(new Arrival((PublishResponse) response, failure));
            });
  }

  /**
   * Whether the server has answered since this was asked before; what waits longer says nothing.
   */
  boolean answeredSince() {
    return answered.getAndSet(false);
  }

  /**
   * The next answer.
   *
   * @return null if there was none in time
   * @throws BrokenException if the session or the subscription is gone
   */
  @Nullable PublishResponse next(long timeoutNanos) throws BrokenException, InterruptedException {
    Arrival arrival = arrivals.poll(timeoutNanos, TimeUnit.NANOSECONDS);
    if (arrival == null) {
      return null;
    }
    if (arrival.failure == null) {
      return arrival.response;
    }
    UaException fault =
        UaException.extract(arrival.failure).orElseGet(() -> new UaException(arrival.failure));
    if (fault.getStatusCode().value() == StatusCodes.Bad_TooManyPublishRequests) {
      return null; // one request less waits from now on
    }
    long status = fault.getStatusCode().value();
    boolean subscription =
        status == StatusCodes.Bad_NoSubscription || status == StatusCodes.Bad_SubscriptionIdInvalid;
    throw new BrokenException(
        subscription ? BrokenException.What.SUBSCRIPTION : BrokenException.What.SESSION,
        "the server stopped publishing: " + Deadlines.describe(fault),
        fault);
  }
}
