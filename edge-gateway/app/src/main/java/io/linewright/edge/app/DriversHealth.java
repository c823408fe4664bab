package io.linewright.edge.app;

import io.linewright.edge.app.driver.DriverStatus;
import io.linewright.edge.app.driver.DriverStatus.State;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * What each driver is doing. A machine that is silent or away is no failure of the gateway: its
 * tags are Bad, the rest goes on. A driver that has ended is one.
 */
final class DriversHealth implements HealthIndicator {

  private final EdgeDrivers drivers;

  DriversHealth(EdgeDrivers drivers) {
    this.drivers = drivers;
  }

  @Override
  public Health health() {
    List<DriverStatus> all = drivers.status();
    boolean ended = all.stream().anyMatch(driver -> driver.state() == State.STOPPED);
    Health.Builder health = ended ? Health.down() : Health.up();
    for (DriverStatus driver : all) {
      Map<String, String> told = new LinkedHashMap<>();
      told.put("state", driver.state().name().toLowerCase(Locale.ROOT));
      if (!driver.reason().isEmpty()) {
        told.put("reason", driver.reason());
      }
      health.withDetail(driver.connection(), told);
    }
    return health.build();
  }
}
