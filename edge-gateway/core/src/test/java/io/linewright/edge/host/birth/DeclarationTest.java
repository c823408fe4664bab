package io.linewright.edge.host.birth;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.edge.sparkplug.LinewrightMetrics;
import io.linewright.edge.sparkplug.Metric;
import io.linewright.edge.sparkplug.Payload;
import io.linewright.edge.sparkplug.SparkplugType;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.event.TagAnnounced;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DeclarationTest {

  @Test
  void aTagTellsSinceWhenItsUnitIsWhatItIs() {
    List<Metric> metrics =
        List.of(
            metric(
                "changed",
                Map.of(LinewrightMetrics.ENG_UNIT, "Cel", LinewrightMetrics.SINCE_MS, 1_500L)),
            metric("same", Map.of(LinewrightMetrics.ENG_UNIT, "Cel")));
    Payload payload = new Payload(OptionalLong.of(9_000), OptionalInt.of(0), metrics);
    Birth birth = BirthReader.read(payload, Optional.of(EquipmentPath.parse("acme/graz/mill-01")));

    assertThat(Declaration.of(birth, payload, "acme:graz", "gw-1"))
        .map(Declaration::content)
        .filteredOn(TagAnnounced.class::isInstance)
        .map(content -> ((TagAnnounced) content).since())
        .containsExactly(Instant.ofEpochMilli(1_500), null);
  }

  private static Metric metric(String name, Map<String, Object> properties) {
    return new Metric(
        name,
        OptionalLong.empty(),
        SparkplugType.DOUBLE.number(),
        OptionalLong.of(8_000),
        false,
        1.0,
        false,
        properties);
  }
}
