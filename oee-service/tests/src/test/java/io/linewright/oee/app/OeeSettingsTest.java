package io.linewright.oee.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.oee.app.log.LogSettings;
import io.linewright.oee.app.master.MasterSettings;
import io.linewright.oee.count.CounterRules.Start;
import java.time.Duration;
import java.time.ZoneId;
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
    assertThat(bind("linewright.oee", MasterSettings.class, Map.of()))
        .isEqualTo(
            new MasterSettings(ZoneId.of("UTC"), new MasterSettings.Counter(Start.BASELINE)));
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
    assertThat(
            bind(
                "linewright.oee",
                MasterSettings.class,
                Map.of(
                    "linewright.oee.zone", "Europe/Vienna",
                    "linewright.oee.counter.start", "zero")))
        .isEqualTo(
            new MasterSettings(ZoneId.of("Europe/Vienna"), new MasterSettings.Counter(Start.ZERO)));
  }

  private static <T> T bind(String prefix, Class<T> type, Map<String, String> properties) {
    return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate(prefix, type);
  }
}
