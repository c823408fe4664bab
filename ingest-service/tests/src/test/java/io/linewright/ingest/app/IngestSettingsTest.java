package io.linewright.ingest.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class IngestSettingsTest {

  @Test
  void defaultsAreAsDocumented() {
    assertThat(bind(Map.of()))
        .isEqualTo(
            new IngestSettings(
                "auto",
                Duration.ofDays(7320),
                Duration.ofDays(1),
                10_000,
                Duration.ofMillis(250),
                1_000,
                Duration.ofSeconds(25)));
  }

  @Test
  void everyKeyIsRead() {
    assertThat(
            bind(
                Map.of(
                    "linewright.ingest.timescale", "off",
                    "linewright.ingest.oldest", "30d",
                    "linewright.ingest.future", "5m",
                    "linewright.ingest.quarantine-records", "7",
                    "linewright.ingest.live-interval", "1s",
                    "linewright.ingest.live-clients", "3",
                    "linewright.ingest.canary-patience", "60s")))
        .isEqualTo(
            new IngestSettings(
                "off",
                Duration.ofDays(30),
                Duration.ofMinutes(5),
                7,
                Duration.ofSeconds(1),
                3,
                Duration.ofSeconds(60)));
  }

  private static IngestSettings bind(Map<String, String> properties) {
    return new Binder(new MapConfigurationPropertySource(properties))
        .bindOrCreate("linewright.ingest", IngestSettings.class);
  }
}
