package io.linewright.edge.app.opcua.item;

import io.linewright.edge.app.driver.LinkException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;

/** Tries nodes that the server refused again from time to time: it may have them by now. */
public final class RefusedItems {

  private static final long PAUSE_NANOS = Duration.ofSeconds(60).toNanos();

  private final OpcUaClient client;
  private final ItemCreator creator;
  private final UInteger subscription;
  private final int batch;
  private final List<Item> created;
  private List<Item> items;
  private long triedAt = System.nanoTime();

  /**
   * @param wanted all items that the server should monitor
   * @param created those that it does; what succeeds later is added
   * @param batch most items of one call, at least 1
   */
  public RefusedItems(
      OpcUaClient client,
      ItemCreator creator,
      UInteger subscription,
      List<Item> wanted,
      List<Item> created,
      int batch) {
    this.client = client;
    this.creator = creator;
    this.subscription = subscription;
    this.created = created;
    this.items = without(wanted, created);
    this.batch = batch;
  }

  /** Tries them if it is time. */
  public void tryAgain(long nanoTime) throws LinkException, InterruptedException {
    if (items.isEmpty() || nanoTime - triedAt < PAUSE_NANOS) {
      return;
    }
    triedAt = nanoTime;
    List<Item> succeeded = creator.create(client, subscription, items, batch);
    created.addAll(succeeded);
    items = without(items, succeeded);
  }

  private static List<Item> without(List<Item> items, List<Item> others) {
    var exclude = new HashSet<>(others);
    return items.stream().filter(item -> !exclude.contains(item)).toList();
  }
}
