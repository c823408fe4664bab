package io.linewright.edge.app;

import io.linewright.edge.app.bridge.mqtt.MqttSettings;
import io.linewright.edge.app.driver.DriverStatus.Counts;
import io.linewright.edge.app.log.file.LogException;
import io.linewright.edge.app.logic.EdgeStage;
import io.linewright.edge.app.uplink.Uplink;
import io.linewright.edge.app.uplink.books.DriverStatus;
import io.linewright.edge.app.uplink.books.LogicBooks;
import io.linewright.edge.app.uplink.link.HostMessages;
import io.linewright.edge.app.uplink.link.UplinkSettings;
import io.linewright.edge.command.StopSwitch;
import io.linewright.edge.config.EdgeFile;
import io.linewright.edge.health.HealthTags;
import io.linewright.kit.fault.FaultPoints;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagDescription;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Role {@code edge}: what takes the drivers' values, stores them and sends them on. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "linewright.edge.role", havingValue = "edge")
@EnableConfigurationProperties(MqttSettings.class)
class UplinkConfiguration {

  @Bean
  Uplink uplink(
      EdgeFile file,
      EdgeSettings settings,
      MqttSettings mqtt,
      FaultPoints faults,
      InstantSource clock,
      ObjectProvider<EdgeDrivers> drivers,
      ObjectProvider<EdgeStage> stage,
      HostMessages hostMessages,
      ObjectProvider<MeterRegistry> meters)
      throws LogException {
    Uplink.Builder builder =
        Uplink.builder(file, settings.dataDir().resolve("log"), settings(mqtt))
            .clock(clock)
            .faultPoints(faults::reached)
            .ownTags(UplinkConfiguration::ownTags)
            .hostMessages(hostMessages)
            .driverStatus(() -> sum(drivers.getIfAvailable(), stage.getIfAvailable()));
    meters.ifAvailable(builder::meters);
    return builder.start();
  }

  @Bean
  UplinkHealth uplinkHealthIndicator(Uplink uplink) {
    return new UplinkHealth(uplink);
  }

  private static List<TagDescription> ownTags(EdgeFile file, EquipmentPath gateway) {
    List<TagDescription> own = new ArrayList<>(HealthTags.of(file, gateway));
    own.add(StopSwitch.description(gateway));
    return own;
  }

  private static UplinkSettings settings(MqttSettings mqtt) {
    UplinkSettings plain = UplinkSettings.of(mqtt.url());
    UplinkSettings settings = mqtt.ssl().map(plain::withSsl).orElse(plain);
    String name = mqtt.username();
    String password = mqtt.password();
    return name == null || password == null ? settings : settings.withUser(name, password);
  }

  private static DriverStatus sum(@Nullable EdgeDrivers drivers, @Nullable EdgeStage stage) {
    if (drivers == null) {
      return DriverStatus.NONE;
    }
    Counts all = drivers.totals();
    return new DriverStatus(
        all.in(), all.out(), all.setAside(), stage == null ? LogicBooks.NONE : stage.books());
  }
}
