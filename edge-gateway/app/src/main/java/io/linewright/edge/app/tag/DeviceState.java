package io.linewright.edge.app.tag;

import io.linewright.edge.app.sparkplug.OutgoingPayload;
import io.linewright.edge.app.sparkplug.SampleMetrics;
import io.linewright.edge.clock.ClockSettings;
import io.linewright.edge.log.PriorityClass;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.StatusCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** One device (or the node itself) while the gateway runs. */
public final class DeviceState {

  private final String id;
  private final EquipmentPath path;
  private final OutgoingPayload.Aliases aliases;
  private final long lossAlias;
  private final ClockSettings clock;
  private final long progressAlias;
  private final SampleMetrics samples = new SampleMetrics();
  private final SampleMetrics events = new SampleMetrics();
  private final List<TagState> tags = new ArrayList<>();
  private volatile long implausible;

  DeviceState(
      String id,
      EquipmentPath path,
      OutgoingPayload.Aliases aliases,
      long lossAlias,
      long progressAlias,
      ClockSettings clock) {
    this.id = id;
    this.path = path;
    this.aliases = aliases;
    this.lossAlias = lossAlias;
    this.clock = clock;
    this.progressAlias = progressAlias;
  }

  void add(TagState tag) {
    tags.add(tag);
  }

  /** Sparkplug device id; empty for the node. */
  public String id() {
    return id;
  }

  /** Where it stands. */
  public EquipmentPath path() {
    return path;
  }

  /** Aliases of Linewright's own metrics under this device. */
  public OutgoingPayload.Aliases aliases() {
    return aliases;
  }

  /** Alias of the loss metric; 0 for devices, losses are told by the node. */
  public long lossAlias() {
    return lossAlias;
  }

  /** Alias of the metric for steps of commands; 0 for devices. */
  public long progressAlias() {
    return progressAlias;
  }

  /** Which of its times can be true. */
  public ClockSettings clock() {
    return clock;
  }

  /** A value came whose time cannot be true. Logging thread. */
  public void noteImplausible() {
    implausible++;
  }

  /** Values stored since the start whose time cannot be true. Any thread. */
  public long implausible() {
    return implausible;
  }

  /** Collector of the present group for values of a class. Logging thread. */
  public SampleMetrics metrics(PriorityClass priority) {
    return priority == PriorityClass.EVENTS ? events : samples;
  }

  /** Its tags, in the order of the file. */
  public List<TagState> tags() {
    return Collections.unmodifiableList(tags);
  }

  /**
   * Whether the gateway has no connection to it: so say all its tags but those that the gateway
   * makes itself. Any thread.
   */
  public boolean lost() {
    boolean any = false;
    for (TagState tag : tags) {
      if (tag.derived()) {
        continue;
      }
      any = true;
      Sample last = tag.last();
      if (last == null || !last.status().equals(StatusCode.BAD_NO_COMMUNICATION)) {
        return false;
      }
    }
    return any;
  }
}
