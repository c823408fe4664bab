package io.linewright.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.gateway.app.identity.IdentitySettings;
import io.linewright.gateway.app.routing.RouteSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Names and defaults of the properties. */
class SettingsTest {

  @Test
  void takesTheIssuerAndDefaultsTheRest() {
    IdentitySettings settings =
        bind(
            "linewright.security",
            IdentitySettings.class,
            Map.of("linewright.security.issuer", "https://plant.example:8443"));

    assertThat(settings.issuerText()).isEqualTo("https://plant.example:8443");
    assertThat(settings.accessTokenLifetime()).isEqualTo(Duration.ofMinutes(10));
    assertThat(bind("linewright.gateway.routes", RouteSettings.class, Map.of()).ingest())
        .isEqualTo(URI.create("http://127.0.0.1:8081"));
    assertThat(bind("linewright.gateway.routes", RouteSettings.class, Map.of()).oee())
        .isEqualTo(URI.create("http://127.0.0.1:8084"));
  }

  @Test
  void refusesSettingsThatWouldWeakenTokens() {
    assertThatThrownBy(() -> new IdentitySettings(null, Duration.ofMinutes(5)))
        .hasMessageContaining("linewright.security.issuer");
    assertThatThrownBy(() -> new IdentitySettings(URI.create("https://p/"), Duration.ofMinutes(5)))
        .hasMessageContaining("slash");
    assertThatThrownBy(() -> new IdentitySettings(URI.create("https://p"), Duration.ofMinutes(11)))
        .hasMessageContaining("1 to 10 minutes");
  }

  private static <T> T bind(String prefix, Class<T> type, Map<String, String> values) {
    return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate(prefix, type);
  }
}
