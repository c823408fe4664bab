package io.linewright.simulator.tag;

import io.linewright.model.equipment.TagDescription;
import io.linewright.model.equipment.TagRole;
import io.linewright.simulator.plant.MachineDescription;
import java.time.Duration;

/**
 * A tag of the plant.
 *
 * @param index place in {@link PlantTags#of}, from 0
 * @param machine the machine that shows it
 * @param description what it means
 * @param pace shortest usual time between two changes, in simulated time
 */
public record PlantTag(
    int index, MachineDescription machine, TagDescription description, Duration pace) {

  /** What the tag means. */
  public TagRole role() {
    return description.role();
  }

  /** The tag's name within the plant: {@code mill-01/spindle/temperature}. */
  public String nodeName() {
    return machine.name() + "/" + description.key().name();
  }
}
