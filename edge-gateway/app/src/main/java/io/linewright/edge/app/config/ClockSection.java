package io.linewright.edge.app.config;

import io.linewright.edge.clock.ClockPolicy;
import io.linewright.edge.clock.ClockSettings;
import io.linewright.edge.config.Connection;
import io.linewright.edge.config.Publication;
import io.linewright.model.equipment.DataClass;
import java.time.Duration;
import java.util.Optional;

/** Section {@code clock} of a device. */
final class ClockSection {

  /**
   * @param connection empty if it was wrong
   */
  static ClockSettings read(YamlMap map, Optional<Connection> connection, Publication publication) {
    ClockSettings standard = ClockSettings.DEFAULT;
    ClockSettings clock =
        new ClockSettings(
            map.parsed(
                    "policy",
                    Scalars.oneOf(ClockPolicy.values(), ClockPolicy::toString),
                    Scalars.names(ClockPolicy.values(), ClockPolicy::toString))
                .orElse(standard.policy()),
            map.parsed(
                    "window",
                    Scalars.duration(Duration.ofSeconds(1), Duration.ofMinutes(10)),
                    "write 1s to 10min")
                .orElse(standard.window()),
            map.parsed(
                    "oldest",
                    Scalars.duration(Duration.ofSeconds(1), Duration.ofDays(3650)),
                    "write 1s to 3650d, as 7d")
                .orElse(standard.oldest()),
            map.parsed(
                    "newest",
                    Scalars.duration(Duration.ofSeconds(1), Duration.ofDays(3650)),
                    "write 1s to 3650d, as 5min")
                .orElse(standard.newest()),
            map.parsed("report", Scalars::truth, "write true or false").orElse(false));
    map.noOtherKeys();
    if (connection.isPresent() && !(connection.get() instanceof Connection.OpcUa)) {
      map.problem("is for devices that stamp their values", "remove it: Modbus knows no time");
    }
    if (clock.reported() && !publication.mayLeave(DataClass.ENTERPRISE)) {
      map.problem(
          "report",
          "would publish tags of class 'enterprise', but publication.up-to is '"
              + publication.upTo()
              + "'",
          "write false");
    }
    return clock;
  }

  private ClockSection() {}
}
