package io.linewright.edge.app.logic;

import io.linewright.edge.clock.ClockPolicy;
import io.linewright.edge.config.Connection;
import io.linewright.edge.config.DerivedTags;
import io.linewright.edge.config.DeviceSettings;
import io.linewright.edge.config.EdgeFile;
import io.linewright.edge.config.TagSettings;
import io.linewright.edge.logic.report.Reporting;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagName;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a gateway file says of one device, as far as the stage wants to know.
 *
 * @param device its entry
 * @param published names of the tags that may leave the gateway
 * @param stamps whether its values carry a stamp of its own clock, and anything depends on it
 * @param held longest time that a value waits at the device before it is sent
 */
record DeviceSetup(DeviceSettings device, Set<TagName> published, boolean stamps, Duration held) {

  static DeviceSetup of(EdgeFile file, DeviceSettings device) {
    Optional<Connection> connection =
        file.connections().stream().filter(c -> c.id().equals(device.connection())).findFirst();
    Set<TagName> published =
        DerivedTags.published(device, file.publication()).stream()
            .map(tag -> tag.key().name())
            .collect(Collectors.toUnmodifiableSet());
    boolean clocked = connection.map(Connection.OpcUa.class::isInstance).orElse(true);
    boolean matters =
        device.clock().policy() != ClockPolicy.TRUST
            || device.clock().reported()
            || hasLogic(device);
    Duration held =
        connection
            .filter(Connection.OpcUa.class::isInstance)
            .map(c -> ((Connection.OpcUa) c).publishingInterval())
            .orElse(Duration.ZERO);
    return new DeviceSetup(device, published, clocked && matters, held);
  }

  private static boolean hasLogic(DeviceSettings device) {
    return !device.summaries().isEmpty()
        || !device.rules().isEmpty()
        || device.tags().stream().anyMatch(tag -> !tag.reporting().equals(Reporting.ALL));
  }

  EquipmentPath path() {
    return device.path();
  }

  /** Whether its values have to pass a stage at all. */
  boolean needsStage() {
    return stamps
        || hasLogic(device)
        || device.tags().stream().anyMatch(tag -> !published.contains(name(tag)));
  }

  /** Names of the tags that are read but may not leave the gateway. */
  Set<TagName> unpublished() {
    return device.tags().stream()
        .map(DeviceSetup::name)
        .filter(name -> !published.contains(name))
        .collect(Collectors.toUnmodifiableSet());
  }

  static TagName name(TagSettings tag) {
    return tag.description().key().name();
  }
}
