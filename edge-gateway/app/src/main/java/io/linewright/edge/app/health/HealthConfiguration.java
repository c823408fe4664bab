package io.linewright.edge.app.health;

import io.linewright.edge.app.EdgeDrivers;
import io.linewright.edge.app.EdgeSettings;
import io.linewright.edge.app.logic.EdgeStage;
import io.linewright.edge.app.uplink.Uplink;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
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
      EdgeSettings settings,
      MeterRegistry meters)
      throws IOException {
    PlantLook plant =
        new PlantLook(
            drivers::status, uplink::devices, device -> stage.clock(device).implausible());
    String hash = hash(settings.file()); // the file that was read: a change counts at the restart
    ProcessFigures process = new ProcessFigures(settings.dataDir(), () -> hash);
    AgeMeters ages = new AgeMeters(meters);
    return new HealthThread(
        new HealthReporter(plant::look, process::look, uplink::tell, ages::ages),
        InstantSource.system());
  }

  private static String hash(Path file) throws IOException {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(digest).substring(0, 12);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
