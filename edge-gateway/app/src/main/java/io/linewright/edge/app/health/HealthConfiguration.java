package io.linewright.edge.app.health;

import io.linewright.edge.app.EdgeDrivers;
import io.linewright.edge.app.EdgeSettings;
import io.linewright.edge.app.logic.EdgeStage;
import io.linewright.edge.app.reload.FileStatus;
import io.linewright.edge.app.reload.FileTakeover;
import io.linewright.edge.app.uplink.Uplink;
import io.linewright.edge.health.FileFigures;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Role {@code edge}: health leaves with the values. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "linewright.edge.role", havingValue = "edge")
class HealthConfiguration {

  @Bean
  HealthThread healthThread(
      EdgeDrivers drivers,
      EdgeStage stage,
      Uplink uplink,
      FileTakeover takeover,
      EdgeSettings settings,
      MeterRegistry meters,
      InstantSource clock) {
    PlantLook plant =
        new PlantLook(
            drivers::status, uplink::devices, device -> stage.clock(device).implausible());
    ProcessFigures process =
        new ProcessFigures(settings.dataDir(), () -> figures(takeover.status()));
    AgeMeters ages = new AgeMeters(meters);
    return new HealthThread(
        new HealthReporter(plant::look, process::look, uplink::tell, ages::ages), clock);
  }

  private static FileFigures figures(FileStatus status) {
    return new FileFigures(
        status.hash(), status.taken(), status.refused(), String.join("\n", status.problems()));
  }
}
