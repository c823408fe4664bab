package io.linewright.edge.app.opcua.item;

import io.linewright.edge.app.driver.LinkException;
import io.linewright.edge.app.driver.StageCounters;
import io.linewright.edge.app.driver.TagChannel;
import io.linewright.edge.app.opcua.value.UaValues;
import io.linewright.edge.app.opcua.value.ValueParts;
import io.linewright.edge.config.TagAddress;
import io.linewright.edge.opcua.Monitoring;
import io.linewright.edge.opcua.UaTimes;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemNotification;
import org.jspecify.annotations.Nullable;

/**
 * The tags of a connection by client handle. Tags that show parts of the same node, watched alike,
 * share one item: their values are of one instant.
 */
public final class MonitoredTags {

  /** Info type DataValue with the overflow bit (OPC UA part 4, clause 7.38). */
  private static final int OVERFLOW = 0x0480;

  private record Watch(String nodeId, Monitoring monitoring) {}

  private final List<Watch> watches = new ArrayList<>();
  private final List<List<TagChannel>> byHandle = new ArrayList<>();
  private final @Nullable DataValue[] last;
  private final double[] samplingMillis;
  private final StageCounters counters;
  private ValueParts parts = ValueParts.WITHOUT_STRUCTURES;

  /**
   * @param tags tags with OPC UA addresses
   */
  public MonitoredTags(List<TagChannel> tags, StageCounters counters) {
    Map<Watch, List<TagChannel>> groups = new LinkedHashMap<>();
    for (TagChannel tag : tags) {
      TagAddress.OpcUaNode node = address(tag);
      groups
          .computeIfAbsent(new Watch(node.nodeId(), node.monitoring()), w -> new ArrayList<>(1))
          .add(tag);
    }
    groups.forEach(
        (watch, group) -> {
          watches.add(watch);
          byHandle.add(List.copyOf(group));
        });
    this.last = new @Nullable DataValue[watches.size()];
    this.samplingMillis = new double[watches.size()];
    this.counters = counters;
  }

  private static TagAddress.OpcUaNode address(TagChannel tag) {
    return (TagAddress.OpcUaNode) tag.settings().address();
  }

  /** Structures are decoded so from now on. */
  public void decodeBy(ValueParts present) {
    parts = present;
  }

  /** Number of items; handles are 0 to below it. */
  public int size() {
    return watches.size();
  }

  String nodeId(int handle) {
    return watches.get(handle).nodeId();
  }

  Monitoring monitoring(int handle) {
    return watches.get(handle).monitoring();
  }

  List<TagChannel> tags(int handle) {
    return byHandle.get(handle);
  }

  boolean marked(int handle) {
    return byHandle.get(handle).stream().anyMatch(TagChannel::marked);
  }

  void mark(int handle, StatusCode status) throws InterruptedException {
    for (TagChannel tag : byHandle.get(handle)) {
      tag.mark(status);
    }
  }

  /** The server looks at the node that often. */
  void sampledEvery(int handle, double millis) {
    samplingMillis[handle] = millis;
  }

  /** How often the server looks at the node, milliseconds; 0: at every change. */
  public double samplingMillis(int handle) {
    return samplingMillis[handle];
  }

  /** What the server reported last of an item; null before the first. */
  public @Nullable DataValue last(int handle) {
    return last[handle];
  }

  /** Whether the server was asked to report every change of an item, as soon as it can. */
  public boolean reportsAll(int handle) {
    Monitoring monitoring = watches.get(handle).monitoring();
    return monitoring.deadband().none() && monitoring.sampling().isEmpty();
  }

  /**
   * Hands on what a message brought.
   *
   * @return how many of its values were of tags
   */
  public int deliver(MonitoredItemNotification[] notifications)
      throws LinkException, InterruptedException {
    int ofTags = 0;
    for (MonitoredItemNotification notification : notifications) {
      int handle = notification.getClientHandle().intValue();
      if (handle >= 0 && handle < watches.size()) {
        deliver(handle, notification.getValue());
        ofTags++;
      }
    }
    return ofTags;
  }

  private void deliver(int handle, DataValue data) throws LinkException, InterruptedException {
    last[handle] = data;
    if (((int) data.statusCode().value() & OVERFLOW) == OVERFLOW) {
      counters.overflowed();
    }
    for (TagChannel tag : byHandle.get(handle)) {
      Reading reading = read(tag, data);
      if (reading.problem == null) {
        tag.deliver(reading.value, reading.status, reading.micros);
      } else {
        tag.setAside(reading.status, reading.micros, reading.problem);
      }
    }
  }

  /**
   * Hands on what the server says when it is asked for the present value.
   *
   * @param askedMicros the gateway's clock before it was asked
   */
  void present(int handle, DataValue data, long askedMicros)
      throws LinkException, InterruptedException {
    for (TagChannel tag : byHandle.get(handle)) {
      Reading reading = read(tag, data);
      tag.present(reading.value, reading.status, reading.micros, askedMicros);
    }
  }

  /** A value as the platform has it; with a problem it has none and a status that says so. */
  private record Reading(
      @Nullable SampleValue value, StatusCode status, long micros, @Nullable String problem) {}

  private Reading read(TagChannel tag, DataValue data) throws LinkException, InterruptedException {
    StatusCode status = StatusCode.of((int) data.statusCode().value());
    long micros = sourceMicros(tag, data);
    Object raw = data.value().value();
    if (raw == null) {
      return status.isGood()
          ? unfit(micros, "the server gives Good without value")
          : new Reading(null, status, micros, null);
    }
    return switch (parts.find(raw, address(tag).part())) {
      case ValueParts.Missing(StatusCode why, String reason) ->
          new Reading(null, why, micros, reason);
      case ValueParts.Found(Object found) -> {
        SampleValue value = UaValues.convert(found, tag.wireType());
        yield value == null
            ? unfit(micros, UaValues.mismatch(found, tag))
            : new Reading(value, status, micros, null);
      }
    };
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
