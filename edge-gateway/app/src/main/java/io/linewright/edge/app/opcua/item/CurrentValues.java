package io.linewright.edge.app.opcua.item;

import io.linewright.edge.app.driver.LinkException;
import io.linewright.edge.app.opcua.session.Deadlines;
import io.linewright.edge.app.opcua.session.Vigil;
import io.linewright.edge.opcua.Batches;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadResponse;

/**
 * Reads tags that are still marked Bad after a server has begun to speak again: their values have
 * not changed since the mark, or the news is still under way.
 */
public final class CurrentValues {

  private final OpcUaClient client;
  private final MonitoredTags tags;
  private final List<Item> items;
  private final int batch;

  /**
   * @param items the items that the server monitors
   * @param batch most nodes of one read, at least 1
   */
  public CurrentValues(OpcUaClient client, MonitoredTags tags, List<Item> items, int batch) {
    this.client = client;
    this.tags = tags;
    this.items = items;
    this.batch = batch;
  }

  /** Whether there is something to {@link #restore}. */
  public boolean wanted() {
    for (Item item : items) {
      if (tags.marked(item.handle())) {
        return true;
      }
    }
    return false;
  }

  /** Reads the values of all marked tags; those of which news may be under way stay marked. */
  public void restore() throws LinkException, InterruptedException {
    List<Item> marked = items.stream().filter(item -> tags.marked(item.handle())).toList();
    for (List<Item> part : Batches.of(marked, batch)) {
      read(part);
    }
  }

  private void read(List<Item> part) throws LinkException, InterruptedException {
    long asked = tags.tags(part.getFirst().handle()).getFirst().nowMicros();
    ReadResponse response =
        Deadlines.require(
            "reading " + part.size() + " values after a silence",
            client.readAsync(
                0,
                TimestampsToReturn.Both,
                new ArrayList<>(part.stream().map(Item::value).toList())));
    if (Vigil.toldInLastCall()) {
      return; // asked before they turned Bad: it says nothing of now, and they are asked again
    }
    DataValue[] results = response.getResults();
    if (results == null || results.length != part.size()) {
      throw new LinkException("the server answered for another number of nodes than asked for");
    }
    for (int i = 0; i < results.length; i++) {
      tags.present(part.get(i).handle(), results[i], asked);
    }
  }
}
