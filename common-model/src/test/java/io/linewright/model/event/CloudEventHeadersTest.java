package io.linewright.model.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CloudEventHeadersTest {

  private static final CloudEvent<String> EVENT =
      new CloudEvent<>(
          "acme/graz/a/b/c#state@1.0",
          "/bridge/acme:graz/gw-1",
          EventTypes.MACHINE_STATE,
          Instant.parse("2026-03-29T01:00:00.000001Z"),
          "acme/graz/a/b/c",
          OptionalLong.of(42),
          "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
          "data");

  @Test
  void writesBinaryModeAndReadsItBack() {
    Map<String, String> headers = CloudEventHeaders.of(EVENT);
    assertThat(headers)
        .containsEntry("ce_specversion", "1.0")
        .containsEntry("ce_time", "2026-03-29T01:00:00.000001Z")
        .containsEntry("ce_sequence", "42")
        .containsEntry("content-type", "application/json");
    assertThat(CloudEventHeaders.read(headers, "data")).isEqualTo(EVENT);
  }

  @Test
  void namesTheHeaderThatIsMissing() {
    Map<String, String> headers = new HashMap<>(CloudEventHeaders.of(EVENT));
    headers.remove("ce_id");
    assertThatThrownBy(() -> CloudEventHeaders.read(headers, "data")).hasMessageContaining("ce_id");
  }

  @Test
  void refusesUnreadableAttributesAsBadInput() {
    for (String name : new String[] {"ce_time", "ce_sequence"}) {
      Map<String, String> headers = new HashMap<>(CloudEventHeaders.of(EVENT));
      headers.put(name, "yesterday");
      assertThatThrownBy(() -> CloudEventHeaders.read(headers, "data"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("yesterday");
    }
  }

  @Test
  void everyEventTypeFollowsTheNamingRuleAndHasARecord() {
    assertThat(EventTypes.all()).isNotEmpty();
    EventTypes.all()
        .forEach(
            (type, record) -> {
              assertThat(type).matches("io\\.linewright\\.[a-z-]+\\.[a-z-]+\\.v1");
              assertThat(record.isRecord()).isTrue();
            });
  }
}
