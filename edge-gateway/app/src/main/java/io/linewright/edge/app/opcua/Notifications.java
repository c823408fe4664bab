package io.linewright.edge.app.opcua;

import io.linewright.edge.app.driver.LinkException;
import io.linewright.edge.app.opcua.item.MonitoredTags;
import org.eclipse.milo.opcua.stack.core.encoding.DefaultEncodingContext;
import org.eclipse.milo.opcua.stack.core.types.UaStructuredType;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.structured.DataChangeNotification;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemNotification;
import org.eclipse.milo.opcua.stack.core.types.structured.NotificationMessage;
import org.eclipse.milo.opcua.stack.core.types.structured.StatusChangeNotification;

/** Hands on what one message says. */
final class Notifications {

  /**
   * Hands on a message.
   *
   * @return how many values of tags it brought
   * @throws BrokenException if it says that the subscription has ended
   */
  static int deliver(NotificationMessage message, MonitoredTags tags)
      throws BrokenException, LinkException, InterruptedException {
    int values = 0;
    ExtensionObject[] objects = message.getNotificationData();
    for (ExtensionObject object : objects == null ? new ExtensionObject[0] : objects) {
      UaStructuredType data = object.decode(DefaultEncodingContext.INSTANCE);
      if (data instanceof DataChangeNotification change) {
        MonitoredItemNotification[] items = change.getMonitoredItems();
        values += items == null ? 0 : tags.deliver(items);
      } else if (data instanceof StatusChangeNotification status) {
        throw new BrokenException(
            BrokenException.What.SUBSCRIPTION,
            "the server ended the subscription (" + status.getStatus() + ")",
            null);
      }
    }
    return values;
  }

  private Notifications() {}
}
