package io.linewright.edge.app;

import io.linewright.edge.app.config.EdgeFileException;
import io.linewright.edge.app.driver.ValueWatch;
import io.linewright.edge.app.logic.EdgeStage;
import io.linewright.edge.app.logic.LastValues;
import io.linewright.edge.app.reload.GatewayFile;
import io.linewright.edge.app.uplink.Uplink;
import io.linewright.edge.config.EdgeFile;
import io.linewright.edge.sampling.SampleSink;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.springframework.beans.factory.ObjectProvider;
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
  EdgeStage edgeStage(
      EdgeFile file, SampleSink sink, ObjectProvider<Uplink> uplink, InstantSource clock) {
    Uplink keeper = uplink.getIfAvailable();
    LastValues stored = keeper == null ? LastValues.NONE : keeper::last;
    return new EdgeStage(file, sink, stored, clock, System::nanoTime);
  }

  @Bean(destroyMethod = "") // closed by the life cycle, before the stage
  EdgeDrivers edgeDrivers(
      EdgeFile file,
      EdgeStage stage,
      ObjectProvider<ValueWatch> watch,
      InstantSource clock,
      EdgeSettings settings) {
    SampleSink sink = watch.getIfAvailable(() -> ValueWatch.NONE).watching(stage);
    return new EdgeDrivers(file, sink, clock, settings.dataDir(), RandomGenerator.getDefault());
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
