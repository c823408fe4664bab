package io.linewright.edge.host.content;

import io.linewright.edge.host.birth.Binding;
import io.linewright.edge.host.birth.Birth;
import io.linewright.edge.host.birth.ValueReader;
import io.linewright.edge.sparkplug.LinewrightMetrics;
import io.linewright.edge.sparkplug.Metric;
import io.linewright.edge.sparkplug.Payload;
import io.linewright.model.equipment.TagDescription;
import io.linewright.model.sample.Sample;
import io.linewright.model.telemetry.Lane;
import io.linewright.model.telemetry.TagSeries;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One data message or birth, read by what the births declare. Lives for one step only. */
public final class MessageContent {

  /**
   * A value in the order of the message.
   *
   * @param tag whose value
   * @param sample the value
   * @param historical whether the sender marked it as buffered
   */
  public record Value(TagDescription tag, Sample sample, boolean historical) {}

  private record Instant(String metric, long micros) {}

  private final List<Value> values = new ArrayList<>();
  private final List<String> refusals = new ArrayList<>();
  private final Map<String, Object> control = new HashMap<>();
  private final Map<Instant, Integer> ordinals = new HashMap<>();
  private final boolean own;
  private final long fallbackMillis;
  private int unknown;
  private int made;

  private MessageContent(boolean own, long fallbackMillis) {
    this.own = own;
    this.fallbackMillis = fallbackMillis;
  }

  /**
   * Reads a message.
   *
   * @param payload the message
   * @param fallbackMillis source time of metrics that name none
   * @param own whether the gateway assigns ordinals; otherwise they follow the order of the message
   * @param device births of the device that the message is about, or of the node
   * @param node birth of the node, which may declare metrics for its devices
   */
  public static MessageContent read(
      Payload payload, long fallbackMillis, boolean own, Birth device, Birth node) {
    MessageContent content = new MessageContent(own, fallbackMillis);
    for (Metric metric : payload.metrics()) {
      @Nullable Binding binding = device.resolve(metric);
      if (binding == null && node.resolve(metric) instanceof Binding.Control control) {
        binding = control;
      }
      content.add(metric, binding);
    }
    return content;
  }

  private void add(Metric metric, @Nullable Binding binding) {
    switch (binding) {
      case null -> unknown++;
      case Binding.Control(String name) -> {
        if (metric.value() != null) {
          control.put(name, metric.value());
        }
      }
      case Binding.Unusable(String name, String cause) ->
          refusals.add("metric %s: %s".formatted(name, cause));
      case Binding.Tag tag -> {
        switch (ValueReader.read(
            tag, metric, fallbackMillis, own ? OptionalInt.empty() : OptionalInt.of(0))) {
          case ValueReader.Reading.Refused(String cause, Sample inItsPlace) -> {
            refusals.add(cause);
            if (inItsPlace != null) {
              made++;
              add(tag, metric, inItsPlace);
            }
          }
          case ValueReader.Reading.Value(Sample sample) -> add(tag, metric, sample);
        }
      }
    }
  }

  private void add(Binding.Tag tag, Metric metric, Sample sample) {
    if (own) {
      values.add(new Value(tag.description(), sample, metric.historical()));
      return;
    }
    int ordinal = ordinals.merge(new Instant(tag.metric(), sample.sourceMicros()), 1, Integer::sum);
    if (ordinal - 1 > Sample.MAX_ORDINAL) {
      refusals.add("metric %s: too many values at one instant".formatted(tag.metric()));
      return;
    }
    Sample ordered =
        new Sample(sample.value(), sample.status(), sample.sourceMicros(), ordinal - 1);
    values.add(new Value(tag.description(), ordered, metric.historical()));
  }

  /** The values that can be carried, in the order of the message. */
  public List<Value> values() {
    return values;
  }

  /** One sentence for each value that cannot be carried. */
  public List<String> refusals() {
    return refusals;
  }

  /** Metrics that no birth declares. */
  public int unknown() {
    return unknown;
  }

  /** Values of declared metrics, readable or not; not those that were made in their place. */
  public int total() {
    return values.size() + refusals.size() - made;
  }

  /** An integer of a control metric. */
  public OptionalLong number(String metric) {
    return control.get(metric) instanceof Long number
        ? OptionalLong.of(number)
        : OptionalLong.empty();
  }

  /** A text of a control metric; null if there is none. */
  public @Nullable String text(String metric) {
    return control.get(metric) instanceof String text ? text : null;
  }

  /** The values as series by lane, tags in the order of their first value. */
  public Map<Lane, List<TagSeries>> series(@Nullable Lane lane) {
    Map<Lane, Map<TagDescription, List<Sample>>> byLane = new EnumMap<>(Lane.class);
    Map<String, List<Sample>> samples = new HashMap<>();
    for (Value value : values) {
      Lane of = laneOf(value, lane);
      samples
          .computeIfAbsent(
              of + value.tag().key().name().value(),
              key -> {
                List<Sample> fresh = new ArrayList<>();
                byLane.computeIfAbsent(of, l -> new LinkedHashMap<>()).put(value.tag(), fresh);
                return fresh;
              })
          .add(value.sample());
    }
    Map<Lane, List<TagSeries>> series = new EnumMap<>(Lane.class);
    byLane.forEach(
        (of, tags) -> {
          List<TagSeries> all = new ArrayList<>(tags.size());
          tags.forEach(
              (tag, list) ->
                  all.add(new TagSeries(tag.key().name(), tag.type(), tag.role(), list)));
          series.put(of, all);
        });
    return series;
  }

  /** Own nodes say it in the envelope; foreign ones mark each buffered value. */
  public static Lane laneOf(Value value, @Nullable Lane lane) {
    if (lane != null) {
      return lane;
    }
    return value.historical() ? Lane.BACKFILL : Lane.LIVE;
  }

  /** The lane that an own node names; null if there is none or an unknown one. */
  public @Nullable Lane lane() {
    String text = text(LinewrightMetrics.LANE);
    for (Lane lane : Lane.values()) {
      if (lane.toString().equals(text)) {
        return lane;
      }
    }
    return null;
  }
}
