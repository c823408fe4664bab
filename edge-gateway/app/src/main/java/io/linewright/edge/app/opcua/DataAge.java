package io.linewright.edge.app.opcua;

import io.linewright.edge.app.driver.LinkException;
import io.linewright.edge.app.opcua.item.Item;
import io.linewright.edge.app.opcua.item.MonitoredTags;
import io.linewright.edge.app.opcua.session.Deadlines;
import io.linewright.edge.liveness.Silence;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.jspecify.annotations.Nullable;

/**
 * Judges a subscription by the age of its data, not by its connection. When nothing has come for
 * three signs of life, nodes are read: a server whose reads tell other values than its subscription
 * did, or which answers reads but publishes nothing, has lost the subscription without saying so.
 */
final class DataAge {

  private static final int SIGNS_OF_LIFE = 3;

  /** A plant at rest is not asked more often than this. */
  private static final long LEAST_PAUSE_NANOS = Duration.ofSeconds(5).toNanos();

  /** Time in which a change that a read shows must have been published, at least. */
  private static final long LEAST_GRACE_NANOS = Duration.ofSeconds(5).toNanos();

  private static final int NODES = 16;

  /** Severity and sub-code; flags such as overflow tell of the way, not of the value. */
  private static final long STATUS_CODE = 0xFFFF_0000L;

  /** What a read told that had not been published yet. */
  private record Suspicion(@Nullable DataValue published, long sinceNanos) {}

  private final OpcUaClient client;
  private final MonitoredTags tags;
  private final Subscription subscription;
  private final long pauseNanos;
  private final long deadlineNanos;
  private final Map<Integer, Suspicion> suspicions = new HashMap<>();
  private int nextItem;
  private long valuesAt;
  private long lookedAt;
  private @Nullable CompletableFuture<ReadResponse> probe;
  private long probeAnsweredAt;

  DataAge(OpcUaClient client, MonitoredTags tags, Subscription subscription) {
    this.client = client;
    this.tags = tags;
    this.subscription = subscription;
    this.pauseNanos =
        Math.max(LEAST_PAUSE_NANOS, SIGNS_OF_LIFE * subscription.lifeSign().toNanos());
    this.deadlineNanos = Silence.deadline(subscription.lifeSign()).toNanos();
  }

  /** Values of tags came. */
  void valuesCame(long nanoTime) {
    valuesAt = nanoTime;
    suspicions.clear();
  }

  /** The subscription published something. */
  void answered() {
    probe = null;
    probeAnsweredAt = 0;
  }

  /**
   * Compares some nodes with what was published of them, if no value has come for long.
   *
   * @throws BrokenException if the server keeps changes to itself
   */
  void look(long nanoTime) throws BrokenException, LinkException, InterruptedException {
    List<Item> items = subscription.created();
    if (items.isEmpty() || nanoTime - valuesAt < pauseNanos || nanoTime - lookedAt < pauseNanos) {
      return;
    }
    lookedAt = nanoTime;
    int from = nextItem >= items.size() ? 0 : nextItem;
    List<Item> some = List.copyOf(items.subList(from, Math.min(items.size(), from + NODES)));
    if (suspicions.isEmpty()) {
      nextItem = from + NODES;
    }
    DataValue[] values = read(some);
    for (int i = 0; values != null && i < Math.min(values.length, some.size()); i++) {
      compare(some.get(i), values[i], nanoTime);
    }
  }

  private DataValue @Nullable [] read(List<Item> items) throws LinkException, InterruptedException {
    try {
      return Deadlines.await(
              "reading nodes for comparison",
              client.readAsync(
                  0, TimestampsToReturn.Source, items.stream().map(Item::value).toList()))
          .getResults();
    } catch (UaException refused) {
      return null; // the next publish answer tells whether the connection lives
    }
  }

  private void compare(Item item, DataValue read, long nanoTime) throws BrokenException {
    DataValue published = tags.last(item.handle());
    if (published == null || !tags.reportsAll(item.handle()) || same(published, read)) {
      suspicions.remove(item.handle());
      return;
    }
    Suspicion known = suspicions.get(item.handle());
    if (known == null || known.published != published) {
      suspicions.put(item.handle(), new Suspicion(published, nanoTime));
      return;
    }
    if (nanoTime - known.sinceNanos > graceNanos(item)) {
      throw new BrokenException(
          BrokenException.What.SUBSCRIPTION,
          "a read of " + item.node() + " tells another value than published",
          null);
    }
  }

  /** Longer than a healthy server takes to see a change and to tell of it. */
  private long graceNanos(Item item) {
    long sampling = Math.round(SIGNS_OF_LIFE * tags.samplingMillis(item.handle()) * 1e6);
    return Math.max(LEAST_GRACE_NANOS, Math.max(sampling, 2 * deadlineNanos));
  }

  private static boolean same(DataValue published, DataValue read) {
    long differing = published.statusCode().value() ^ read.statusCode().value();
    return (differing & STATUS_CODE) == 0
        && Objects.deepEquals(published.value().value(), read.value().value());
  }

  /**
   * While nothing is published: asks the server for its state.
   *
   * @return true if it answered that long ago and still publishes nothing
   */
  boolean answersReadsOnly(long nanoTime, long silentNanos) {
    if (silentNanos < SIGNS_OF_LIFE * subscription.lifeSign().toNanos()) {
      return false;
    }
    CompletableFuture<ReadResponse> asked = probe;
    if (asked == null) {
      probe = client.readAsync(0, TimestampsToReturn.Neither, List.of(state()));
      return false;
    }
    if (!asked.isDone() || asked.isCompletedExceptionally()) {
      return false;
    }
    if (probeAnsweredAt == 0) {
      // A server that was only stopped answers everything at once: publish answers come now.
      probeAnsweredAt = nanoTime;
    }
    return nanoTime - probeAnsweredAt > 2 * deadlineNanos;
  }

  private static ReadValueId state() {
    return new ReadValueId(
        NodeIds.Server_ServerStatus_State, AttributeId.Value.uid(), null, QualifiedName.NULL_VALUE);
  }
}
