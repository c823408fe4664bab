package io.linewright.ingest.app.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class HeavyReadSettingsTest {

  @Test
  void defaultsAreAsDocumented() {
    assertThat(bind(Map.of())).isEqualTo(new HeavyReadSettings(4, Duration.ofSeconds(5)));
  }

  @Test
  void everyKeyIsRead() {
    assertThat(
            bind(
                Map.of(
                    "linewright.ingest.reads.at-once", "7",
                    "linewright.ingest.reads.patience", "3s")))
        .isEqualTo(new HeavyReadSettings(7, Duration.ofSeconds(3)));
  }

  private static HeavyReadSettings bind(Map<String, String> properties) {
    return new Binder(new MapConfigurationPropertySource(properties))
        .bindOrCreate("linewright.ingest.reads", HeavyReadSettings.class);
  }
}
