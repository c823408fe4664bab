package io.linewright.edge.app.tag;

import io.linewright.edge.app.sparkplug.OutgoingPayload;
import io.linewright.edge.app.sparkplug.SampleMetrics;
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
  private final long progressAlias;
  private final SampleMetrics samples = new SampleMetrics();
  private final SampleMetrics events = new SampleMetrics();
  private final List<TagState> tags = new ArrayList<>();

  DeviceState(
      String id,
      EquipmentPath path,
      OutgoingPayload.Aliases aliases,
      long lossAlias,
      long progressAlias) {
    this.id = id;
    this.path = path;
    this.aliases = aliases;
    this.lossAlias = lossAlias;
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

  /** Collector of the present group for values of a class. Logging thread. */
  public SampleMetrics metrics(PriorityClass priority) {
    return priority == PriorityClass.EVENTS ? events : samples;
  }

  /** Its tags, in the order of the file. */
  public List<TagState> tags() {
    return Collections.unmodifiableList(tags);
  }

  /** Whether the gateway has no connection to it: so say all its tags. Any thread. */
  public boolean lost() {
    for (TagState tag : tags) {
      Sample last = tag.last();
      if (last == null || !last.status().equals(StatusCode.BAD_NO_COMMUNICATION)) {
        return false;
      }
    }
    return !tags.isEmpty();
  }
}
