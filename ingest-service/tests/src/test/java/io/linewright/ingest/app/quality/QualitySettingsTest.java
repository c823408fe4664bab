package io.linewright.ingest.app.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class QualitySettingsTest {

  private static final String PREFIX = "linewright.ingest.quality";

  @Test
  void defaultsAreAsDocumented() {
    assertThat(bind(Map.of()))
        .isEqualTo(
            new QualitySettings(
                ZoneId.of("UTC"),
                Duration.ofHours(1),
                3,
                400,
                0.95,
                0.9,
                0.95,
                0.99,
                0.8,
                0.999,
                Duration.ofSeconds(10),
                Duration.ofHours(1),
                50));
  }

  @Test
  void everyKeyIsRead() {
    Map<String, String> keys = new HashMap<>();
    keys.put("zone", "Europe/Vienna");
    keys.put("after", "2h");
    keys.put("days", "1");
    keys.put("kept", "50");
    keys.put("completeness", "0.1");
    keys.put("timeliness", "0.2");
    keys.put("validity", "0.3");
    keys.put("plausibility", "0.4");
    keys.put("flat-line", "0.5");
    keys.put("spikes", "0.6");
    keys.put("latest", "7s");
    keys.put("flat", "8m");
    keys.put("spike", "9");
    assertThat(bind(keys))
        .isEqualTo(
            new QualitySettings(
                ZoneId.of("Europe/Vienna"),
                Duration.ofHours(2),
                1,
                50,
                0.1,
                0.2,
                0.3,
                0.4,
                0.5,
                0.6,
                Duration.ofSeconds(7),
                Duration.ofMinutes(8),
                9));
  }

  private static QualitySettings bind(Map<String, String> keys) {
    Map<String, String> properties = new HashMap<>();
    keys.forEach((key, value) -> properties.put(PREFIX + "." + key, value));
    return new Binder(new MapConfigurationPropertySource(properties))
        .bindOrCreate(PREFIX, QualitySettings.class);
  }
}
