package io.linewright.edge.app.logic;

import io.linewright.edge.sampling.StampedSample;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagName;
import org.jspecify.annotations.Nullable;

/** What published tags said last, also before a restart. */
@FunctionalInterface
public interface LastValues {

  /** Nothing was said before. */
  LastValues NONE = (device, tag) -> null;

  /**
   * The newest value of a published tag, with the device's own stamp; null if there is none.
   *
   * @param tag name of a tag that may leave the gateway
   */
  @Nullable StampedSample of(EquipmentPath device, TagName tag);
}
