package io.linewright.simulator.opcua;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredDataItem;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MonitoringMode;

/**
 * The value of one node and who monitors it. Every value goes into every item under the node's
 * lock: an item gets the value that is present when it is created, and each later one exactly once.
 */
final class PlantNode {

  private final List<DataItem> items = new CopyOnWriteArrayList<>();
  private DataValue present;

  PlantNode(DataValue first) {
    this.present = first;
  }

  synchronized void setValue(DataValue value) {
    present = value;
    for (DataItem item : items) {
      if (item.isSamplingEnabled()) {
        item.setValue(value);
      }
    }
  }

  synchronized DataValue value() {
    return present;
  }

  synchronized void add(DataItem item) {
    items.add(item);
    refresh(item);
  }

  /** Gives an item the present value; an item that has it already ignores it. */
  synchronized void refresh(DataItem item) {
    if (item.isSamplingEnabled()) {
      item.setValue(present);
    }
  }

  synchronized void remove(DataItem item) {
    items.remove(item);
  }

  /** Whether some client is told of every change. */
  boolean isReported() {
    for (DataItem item : items) {
      if (item instanceof MonitoredDataItem monitored
          && monitored.getMonitoringMode() == MonitoringMode.Reporting) {
        return true;
      }
    }
    return false;
  }
}
