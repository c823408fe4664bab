package io.linewright.edge.app.tag;

import io.linewright.edge.app.log.RecordLog;
import io.linewright.edge.app.log.file.LogException;
import io.linewright.edge.config.EdgeFile;
import io.linewright.model.equipment.TagDescription;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The registry in force. The logging thread puts another one in its place, whole, when the
 * gateway's file changes; any thread reads it.
 */
public final class LiveTags implements Supplier<TagRegistry> {

  private final RecordLog log;
  private final Function<EdgeFile, List<TagDescription>> ownTags;
  private volatile TagRegistry now;

  /** What is only kept until the log can be written again; null: nothing. */
  private @Nullable EdgeFile toForget;

  /**
   * Declares what a file asks for.
   *
   * @param ownTags tags of the gateway itself, by file
   */
  public LiveTags(EdgeFile file, Function<EdgeFile, List<TagDescription>> ownTags, RecordLog log)
      throws LogException {
    this.log = log;
    this.ownTags = ownTags;
    this.now = TagRegistry.build(plans(file), TagRegistry.NONE, log);
    log.knowEquipment(equipment(now));
  }

  @Override
  public TagRegistry get() {
    return now;
  }

  /**
   * Declares what another file asks for, on top of what there is. If this fails, nothing has
   * changed.
   *
   * @param birthsDue called if births must tell of it before its values may leave
   */
  public void declare(EdgeFile next, Runnable birthsDue) throws LogException {
    if (replace(DevicePlan.withThoseOf(now, plans(next)))) {
      birthsDue.run();
    }
    toForget = null;
  }

  /**
   * Gives up what a file does not ask for; births tell it until its last record has left. If this
   * fails, it is kept until {@link #settle} succeeds.
   */
  public void forget(EdgeFile next) throws LogException {
    toForget = next;
    settle();
  }

  /** Catches up on what {@link #forget} could not do. */
  public void settle() throws LogException {
    EdgeFile next = toForget;
    if (next != null) {
      replace(plans(next));
      toForget = null;
    }
  }

  /** Takes in that the log has forgotten metrics that nothing uses any more. */
  public void retiredChanged() {
    now = now.withRetired(log.retiredAliases());
  }

  private boolean replace(List<DevicePlan> plans) throws LogException {
    TagRegistry next = TagRegistry.build(plans, now, log);
    boolean other = !next.declaresTheSameAs(now);
    Map<String, String> equipment = equipment(now);
    equipment.putAll(equipment(next));
    equipment.keySet().retainAll(next.announced());
    log.knowEquipment(equipment);
    now = next;
    return other;
  }

  private List<DevicePlan> plans(EdgeFile file) {
    return DevicePlan.of(file, ownTags.apply(file));
  }

  private static Map<String, String> equipment(TagRegistry registry) {
    Map<String, String> paths = new HashMap<>();
    for (DeviceState device : registry.devices()) {
      if (!device.id().isEmpty()) {
        paths.put(device.id(), device.path().toString());
      }
    }
    return paths;
  }
}
