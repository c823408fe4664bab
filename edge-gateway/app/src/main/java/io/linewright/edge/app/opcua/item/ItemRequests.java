package io.linewright.edge.app.opcua.item;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.linewright.edge.app.driver.TagChannel;
import io.linewright.edge.opcua.Deadband;
import io.linewright.edge.opcua.Monitoring;
import io.linewright.edge.opcua.QueueSizes;
import java.time.Duration;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.encoding.DefaultEncodingContext;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.enumerated.DataChangeTrigger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MonitoringMode;
import org.eclipse.milo.opcua.stack.core.types.structured.DataChangeFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoringParameters;
import org.jspecify.annotations.Nullable;

/** What the gateway asks of a server for each item. */
public final class ItemRequests {

  private static final Set<Long> OF_FILTER =
      Set.of(
          StatusCodes.Bad_MonitoredItemFilterInvalid,
          StatusCodes.Bad_MonitoredItemFilterUnsupported,
          StatusCodes.Bad_FilterNotAllowed,
          StatusCodes.Bad_DeadbandFilterInvalid);

  private final MonitoredTags tags;
  private final Duration publishingInterval;

  public ItemRequests(MonitoredTags tags, Duration publishingInterval) {
    this.tags = tags;
    this.publishingInterval = publishingInterval;
  }

  MonitoredItemCreateRequest of(Item item, boolean filtered) {
    Monitoring monitoring = tags.monitoring(item.handle());
    MonitoringParameters parameters =
        new MonitoringParameters(
            uint(item.handle()),
            monitoring.samplingMillis(),
            filtered ? filter(monitoring.deadband()) : null,
            uint(queue(item.handle(), monitoring)),
            true);
    return new MonitoredItemCreateRequest(item.value(), MonitoringMode.Reporting, parameters);
  }

  /** Room for the fastest of the tags that share the item. */
  private int queue(int handle, Monitoring monitoring) {
    int byPace =
        tags.tags(handle).stream()
            .map((TagChannel tag) -> tag.settings().description().sampling())
            .mapToInt(sampling -> QueueSizes.of(publishingInterval, sampling))
            .max()
            .orElse(QueueSizes.MIN);
    return monitoring.queue().orElse(byPace);
  }

  private static @Nullable ExtensionObject filter(Deadband deadband) {
    if (deadband.none()) {
      return null;
    }
    return ExtensionObject.encode(
        DefaultEncodingContext.INSTANCE,
        new DataChangeFilter(
            DataChangeTrigger.StatusValue, uint(deadband.kind().number()), deadband.amount()));
  }

  /** Whether a server refused the deadband of an item and not the item. */
  boolean refusesFilter(Item item, long status) {
    return !tags.monitoring(item.handle()).deadband().none() && OF_FILTER.contains(status);
  }
}
