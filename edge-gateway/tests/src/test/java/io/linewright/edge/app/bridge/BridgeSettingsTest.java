package io.linewright.edge.app.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class BridgeSettingsTest {

  private static BridgeSettings bind(Map<String, String> properties) {
    return new Binder(new MapConfigurationPropertySource(properties))
        .bind("linewright.bridge", BridgeSettings.class)
        .get();
  }

  @Test
  void defaults() {
    assertThat(bind(Map.of("linewright.bridge.groups", "acme:graz")))
        .isEqualTo(
            new BridgeSettings(
                "linewright",
                List.of("acme:graz"),
                null,
                null,
                Duration.ofSeconds(2),
                Duration.ofMillis(25),
                Duration.ofMillis(100),
                DataSize.ofMegabytes(2),
                DataSize.ofMegabytes(64),
                DataSize.ofMegabytes(1),
                10_000));
  }

  @Test
  void everyKey() {
    BridgeSettings settings =
        bind(
            Map.ofEntries(
                Map.entry("linewright.bridge.host-id", "second"),
                Map.entry("linewright.bridge.groups", "acme:graz,Plant 1"),
                Map.entry("linewright.bridge.site", "acme/linz"),
                Map.entry("linewright.bridge.mapping-file", "mapping.yaml"),
                Map.entry("linewright.bridge.reorder-time", "5s"),
                Map.entry("linewright.bridge.shortest-commit", "10ms"),
                Map.entry("linewright.bridge.longest-commit", "50ms"),
                Map.entry("linewright.bridge.transaction-bytes", "1MB"),
                Map.entry("linewright.bridge.queue-bytes", "8MB"),
                Map.entry("linewright.bridge.message-bytes", "2MB"),
                Map.entry("linewright.bridge.max-nodes", "7")));

    assertThat(settings.groups()).containsExactly("acme:graz", "Plant 1");
    assertThat(settings.maxNodes()).isEqualTo(7);
    assertThat(settings.reorderTime()).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.longestCommit()).isEqualTo(Duration.ofMillis(50));
    assertThat(StageReport.of(settings).orElseThrow().self().toString())
        .isEqualTo("acme/linz/second");
  }

  @Test
  void bridgeStandsInTheSiteOfItsFirstOwnGroup() {
    BridgeSettings settings = bind(Map.of("linewright.bridge.groups", "Plant 1,acme:graz"));

    assertThat(StageReport.of(settings).orElseThrow().self().toString())
        .isEqualTo("acme/graz/linewright");
  }
}
