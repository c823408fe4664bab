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
import org.jspecify.annotations.Nullable;

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

  private void deliver(TagChannel tag, DataValue data) throws InterruptedException {
    if (((int) data.statusCode().value() & OVERFLOW) == OVERFLOW) {
      counters.overflowed();
    }
    Reading reading = read(tag, data);
    if (reading.problem == null) {
      tag.deliver(reading.value, reading.status, reading.micros);
    } else {
      tag.setAside(reading.status, reading.micros, reading.problem);
    }
  }

  /**
   * Hands on what the server says when it is asked for the present value.
   *
   * @param askedMicros the gateway's clock before it was asked
   */
  void present(TagChannel tag, DataValue data, long askedMicros) throws InterruptedException {
    Reading reading = read(tag, data);
    tag.present(reading.value, reading.status, reading.micros, askedMicros);
  }

  /** A value as the platform has it; with a problem it has none and a status that says so. */
  private record Reading(
      @Nullable SampleValue value, StatusCode status, long micros, @Nullable String problem) {}

  private static Reading read(TagChannel tag, DataValue data) {
    StatusCode status = StatusCode.of((int) data.statusCode().value());
    long micros = sourceMicros(tag, data);
    Object raw = data.value().value();
    if (raw == null) {
      return status.isGood()
          ? unfit(micros, "the server gives Good without value")
          : new Reading(null, status, micros, null);
    }
    SampleValue value = UaValues.convert(raw, tag.wireType());
    if (value != null) {
      return new Reading(value, status, micros, null);
    }
    return unfit(
        micros,
        "a value of type "
            + raw.getClass().getSimpleName()
            + " does not fit the declared type "
            + tag.settings().description().type());
  }

  private static Reading unfit(long micros, String problem) {
    return new Reading(null, StatusCode.BAD_TYPE_MISMATCH, micros, problem);
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
    return tag.presentMicros();
  }
}
