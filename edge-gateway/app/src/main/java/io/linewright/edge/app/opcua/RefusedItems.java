package io.linewright.edge.app.opcua;

import io.linewright.edge.app.driver.LinkException;
import io.linewright.edge.app.opcua.ItemCreator.Item;
import java.time.Duration;
import java.util.List;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;

/** Tries nodes that the server refused again from time to time: it may have them by now. */
final class RefusedItems {

  private static final long PAUSE_NANOS = Duration.ofSeconds(60).toNanos();

  private final OpcUaClient client;
  private final ItemCreator creator;
  private final UInteger subscription;
  private final int batch;
  private List<Item> items;
  private long triedAt = System.nanoTime();

  RefusedItems(
      OpcUaClient client, ItemCreator creator, UInteger subscription, List<Item> items, int batch) {
    this.client = client;
    this.creator = creator;
    this.subscription = subscription;
    this.items = items;
    this.batch = batch;
  }

  /**
   * Tries them if it is time.
   *
   * @return the items that the server monitors now
   */
  List<Item> tryAgain(long nanoTime) throws LinkException, InterruptedException {
    if (items.isEmpty() || nanoTime - triedAt < PAUSE_NANOS) {
      return List.of();
    }
    triedAt = nanoTime;
    List<Item> created = creator.create(client, subscription, items, batch);
    items = ItemCreator.without(items, created);
    return created;
  }
}
