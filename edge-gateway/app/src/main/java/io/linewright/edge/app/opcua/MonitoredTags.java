package io.linewright.edge.app.opcua;

import io.linewright.edge.app.driver.StageCounters;
import io.linewright.edge.app.driver.TagChannel;
import io.linewright.edge.opcua.UaTimes;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemNotification;

/** The tags of a connection by client handle, which is their place in the list. */
final class MonitoredTags {

  /** Info type DataValue with the overflow bit (OPC UA part 4, clause 7.38). */
  private static final int OVERFLOW = 0x0480;

  private final TagChannel[] byHandle;
  private final StageCounters counters;

  MonitoredTags(List<TagChannel> tags, StageCounters counters) {
    this.byHandle = tags.toArray(TagChannel[]::new);
    this.counters = counters;
  }

  int size() {
    return byHandle.length;
  }

  TagChannel get(int handle) {
    return byHandle[handle];
  }

  void deliver(MonitoredItemNotification[] notifications) throws InterruptedException {
    for (MonitoredItemNotification notification : notifications) {
      int handle = notification.getClientHandle().intValue();
      if (handle >= 0 && handle < byHandle.length) {
        deliver(byHandle[handle], notification.getValue());
      }
    }
  }

  void deliver(TagChannel tag, DataValue data) throws InterruptedException {
    int bits = (int) data.statusCode().value();
    if ((bits & OVERFLOW) == OVERFLOW) {
      counters.overflowed();
    }
    StatusCode status = StatusCode.of(bits);
    long micros = sourceMicros(tag, data);
    Object raw = data.value().value();
    if (raw == null) {
      if (status.isGood()) {
        tag.setAside(StatusCode.BAD_TYPE_MISMATCH, micros, "the server gives Good without value");
      } else {
        tag.deliver(null, status, micros);
      }
      return;
    }
    SampleValue value = UaValues.convert(raw, tag.wireType());
    if (value == null) {
      tag.setAside(
          StatusCode.BAD_TYPE_MISMATCH,
          micros,
          "a value of type "
              + raw.getClass().getSimpleName()
              + " does not fit the declared type "
              + tag.settings().description().type());
    } else {
      tag.deliver(value, status, micros);
    }
  }

  private static long sourceMicros(TagChannel tag, DataValue data) {
    DateTime source = data.sourceTime();
    if (source != null && source.getUtcTime() != 0) {
      return UaTimes.toMicros(source.getUtcTime());
    }
    DateTime server = data.serverTime();
    if (server != null && server.getUtcTime() != 0) {
      return UaTimes.toMicros(server.getUtcTime());
    }
    return tag.nowMicros();
  }
}
