package io.linewright.oee.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.oee.app.log.LogSettings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class OeeSettingsTest {

  @Test
  void defaultsAreAsDocumented() {
    assertThat(bind("linewright.oee", OeeSettings.class, Map.of()))
        .isEqualTo(new OeeSettings(Duration.ofDays(7320), Duration.ofDays(1), 10_000));
    assertThat(bind("linewright.oee.log", LogSettings.class, Map.of()))
        .isEqualTo(new LogSettings(2_000_000, 1_500_000));
  }

  @Test
  void everyKeyIsRead() {
    assertThat(
            bind(
                "linewright.oee",
                OeeSettings.class,
                Map.of(
                    "linewright.oee.oldest", "30d",
                    "linewright.oee.future", "5m",
                    "linewright.oee.set-aside-records", "7")))
        .isEqualTo(new OeeSettings(Duration.ofDays(30), Duration.ofMinutes(5), 7));
    assertThat(
            bind(
                "linewright.oee.log",
                LogSettings.class,
                Map.of(
                    "linewright.oee.log.events-per-day", "9",
                    "linewright.oee.log.cached-events", "0")))
        .isEqualTo(new LogSettings(9, 0));
  }

  private static <T> T bind(String prefix, Class<T> type, Map<String, String> properties) {
    return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate(prefix, type);
  }
}
