package io.linewright.ingest.app.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class LiveSettingsTest {

  @Test
  void defaultsAreAsDocumented() {
    assertThat(bind(Map.of()))
        .isEqualTo(
            new LiveSettings(100, Duration.ofMinutes(5), 10_000, DataSize.ofMegabytes(4), 1_000));
  }

  @Test
  void everyKeyIsRead() {
    assertThat(
            bind(
                Map.of(
                    "linewright.ingest.live.clients-per-subject", "2",
                    "linewright.ingest.live.resume-within", "30s",
                    "linewright.ingest.live.resume-values", "7",
                    "linewright.ingest.live.resume-size", "9KB",
                    "linewright.ingest.live.resume-tags", "3")))
        .isEqualTo(new LiveSettings(2, Duration.ofSeconds(30), 7, DataSize.ofKilobytes(9), 3));
  }

  @Test
  void sizesThatTheHeapCannotHoldAreRefused() {
    assertThatThrownBy(() -> bind(Map.of("linewright.ingest.live.resume-size", "65MB")))
        .rootCause()
        .hasMessageContaining("linewright.ingest.live.resume-size must be 0 to 64MB");
  }

  private static LiveSettings bind(Map<String, String> properties) {
    return new Binder(new MapConfigurationPropertySource(properties))
        .bindOrCreate("linewright.ingest.live", LiveSettings.class);
  }
}
