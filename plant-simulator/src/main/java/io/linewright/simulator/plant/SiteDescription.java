package io.linewright.simulator.plant;

import io.linewright.model.equipment.EquipmentPath;
import java.util.List;

/**
 * A site of the plant; one gateway serves one site.
 *
 * @param path {@code enterprise/site}
 * @param lines at least one
 */
public record SiteDescription(EquipmentPath path, List<LineDescription> lines) {

  public SiteDescription {
    lines = List.copyOf(lines);
  }
}
