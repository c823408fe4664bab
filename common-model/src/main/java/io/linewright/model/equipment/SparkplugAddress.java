package io.linewright.model.equipment;

import java.util.List;
import java.util.Optional;

/**
 * Where a piece of equipment stands on Sparkplug B: group {@code enterprise:site}, node = gateway,
 * device = the remaining path segments joined by {@code :}.
 *
 * @param group group id, {@code acme:graz}
 * @param node edge node id, {@code gw-1}
 * @param device device id, {@code body:line-1:press-01}; empty for the gateway itself
 */
public record SparkplugAddress(String group, String node, Optional<String> device) {

  /**
   * The address under which a gateway publishes a device of its site.
   *
   * @throws IllegalArgumentException if the path has fewer than three segments
   */
  public static SparkplugAddress ofDevice(EquipmentPath path, String node) {
    List<String> s = path.segments();
    if (s.size() < 3) {
      throw new IllegalArgumentException(
          "device '" + path + "' needs at least enterprise/site/area: three segments");
    }
    return new SparkplugAddress(
        s.get(0) + ":" + s.get(1), node, Optional.of(String.join(":", s.subList(2, s.size()))));
  }

  /**
   * The equipment behind an address in Linewright's convention; a node itself is equipment of its
   * site ({@code acme/graz/gw-1}). Empty if the ids do not follow the convention (foreign nodes
   * need a mapping).
   */
  public Optional<EquipmentPath> equipment() {
    String[] site = group.split(":", -1);
    if (site.length != 2) {
      return Optional.empty();
    }
    String rest = device.map(d -> d.replace(':', '/')).orElse(node);
    try {
      return Optional.of(EquipmentPath.parse(site[0] + "/" + site[1] + "/" + rest));
    } catch (IllegalArgumentException notOurConvention) {
      return Optional.empty();
    }
  }
}
