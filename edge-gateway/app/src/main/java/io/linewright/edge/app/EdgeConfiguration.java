package io.linewright.edge.app;

import io.linewright.edge.app.command.Commands;
import io.linewright.edge.app.config.EdgeFileException;
import io.linewright.edge.app.logic.EdgeStage;
import io.linewright.edge.app.reload.GatewayFile;
import io.linewright.edge.app.uplink.Uplink;
import io.linewright.edge.config.EdgeFile;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Role {@code edge}: the drivers of the gateway file, in front of the log. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "linewright.edge.role", havingValue = "edge")
@EnableConfigurationProperties(EdgeSettings.class)
class EdgeConfiguration {

  @Bean
  GatewayFile gatewayFile(EdgeSettings settings) throws EdgeFileException {
    return GatewayFile.read(settings.file());
  }

  /** What the gateway starts with; see {@link ReloadConfiguration}. */
  @Bean
  EdgeFile edgeFile(GatewayFile file) {
    return file.content();
  }

  @Bean(destroyMethod = "") // closed by the life cycle, before the uplink
  EdgeStage edgeStage(EdgeFile file, Uplink uplink, InstantSource clock) {
    return new EdgeStage(file, uplink, uplink::last, clock);
  }

  @Bean(destroyMethod = "") // closed by the life cycle, before the stage
  EdgeDrivers edgeDrivers(
      EdgeFile file,
      EdgeStage stage,
      Commands commands,
      InstantSource clock,
      EdgeSettings settings) {
    return new EdgeDrivers(
        file, commands.watching(stage), clock, settings.dataDir(), RandomGenerator.getDefault());
  }

  @Bean
  DriversHealth driversHealthIndicator(EdgeDrivers drivers) {
    return new DriversHealth(drivers);
  }

  @Bean
  DriverLifecycle driverLifecycle(EdgeDrivers drivers, EdgeStage stage) {
    return new DriverLifecycle(drivers, stage);
  }
}
