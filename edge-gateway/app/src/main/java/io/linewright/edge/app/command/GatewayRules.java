package io.linewright.edge.app.command;

import io.linewright.edge.app.tag.TagRegistry;
import io.linewright.edge.command.CommandRules;
import io.linewright.edge.command.StopSwitch;
import io.linewright.edge.command.WriteGuard;
import io.linewright.edge.config.DeviceSettings;
import io.linewright.edge.config.EdgeFile;
import io.linewright.edge.config.TagSettings;
import io.linewright.model.equipment.TagKey;
import java.util.HashMap;
import java.util.Map;

/** What a gateway file says of writes. */
public final class GatewayRules {

  private GatewayRules() {}

  /** The guards of all tags that may be written, and the gateway's switch. */
  public static CommandRules of(EdgeFile file) {
    Map<TagKey, WriteGuard> guards = new HashMap<>();
    for (DeviceSettings device : file.devices()) {
      for (TagSettings tag : device.tags()) {
        tag.write().ifPresent(guard -> guards.put(tag.description().key(), guard));
      }
    }
    return CommandRules.of(guards)
        .withSwitch(StopSwitch.of(TagRegistry.gatewayPath(file.gateway())));
  }
}
