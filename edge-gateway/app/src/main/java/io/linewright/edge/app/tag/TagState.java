package io.linewright.edge.app.tag;

import io.linewright.edge.app.log.Alias;
import io.linewright.edge.app.sparkplug.SampleMetrics;
import io.linewright.edge.log.PriorityClass;
import io.linewright.edge.sampling.StampedSample;
import io.linewright.model.equipment.TagDescription;
import io.linewright.model.sample.Sample;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One tag while the gateway runs, as its file describes it. The logging thread changes what it
 * remembers, births read its last value.
 */
public final class TagState {

  private final DeviceState device;
  private final TagDescription description;
  private final Alias alias;
  private final PriorityClass priority;
  private final boolean derived;
  private final TagMemory memory;

  /**
   * @param derived whether the gateway makes its values
   */
  TagState(
      DeviceState device,
      TagDescription description,
      Alias alias,
      boolean derived,
      TagMemory memory) {
    this.device = device;
    this.description = description;
    this.alias = alias;
    this.priority = PriorityClass.of(description.role());
    this.derived = derived;
    this.memory = memory;
  }

  /** The device that it belongs to. */
  public DeviceState device() {
    return device;
  }

  /** What the gateway's file says of it. */
  public TagDescription description() {
    return description;
  }

  /** Whether the gateway makes its values: such a tag says nothing of the device's connection. */
  public boolean derived() {
    return derived;
  }

  /** What its values are worth when the log is full. */
  public PriorityClass priority() {
    return priority;
  }

  /** The number that stands for its name. */
  public long alias() {
    return alias.id();
  }

  /** What births say of it besides. */
  public Map<String, Object> properties() {
    return alias.properties();
  }

  /** What is remembered of its values. */
  TagMemory memory() {
    return memory;
  }

  /** Its newest value by arrival; null before the first. */
  public @Nullable Sample last() {
    return memory.last();
  }

  /**
   * The device's own stamp of the newest value, or of what that was made of; 0 before the first.
   */
  public long lastRawMicros() {
    return memory.lastRawMicros();
  }

  /**
   * The sample with its ordinal, or why it gets none; see {@link
   * io.linewright.edge.log.Ordinals#next}.
   *
   * @param rawMicros the device's own stamp, or {@link StampedSample#NO_STAMP}
   */
  public int take(Sample sample, long rawMicros) {
    return memory.take(sample, rawMicros);
  }

  /** Takes over what was stored before a restart. */
  public void restore(Sample stored, long rawMicros) {
    memory.restore(stored, rawMicros);
  }

  /**
   * Collects what has to be known of it after a restart: what its device said last, and what the
   * gateway has made of it since. Logging thread.
   *
   * @return whether that changed since this was last asked
   */
  public boolean changed(SampleMetrics metrics) {
    Sample last = memory.last();
    if (!memory.takeChanged() || last == null) {
      return false;
    }
    metrics.clear();
    StampedSample said = memory.said();
    // Metrics travel in the order of their times, and the last one is the newest.
    if (said != null && said.micros() < last.sourceMicros()) {
      add(metrics, said.sample(), said.rawMicros());
    }
    add(metrics, last, memory.lastRawMicros());
    return true;
  }

  private void add(SampleMetrics metrics, Sample sample, long rawMicros) {
    metrics.add(alias(), description.type(), sample, sample.ordinal(), false, rawMicros);
  }
}
