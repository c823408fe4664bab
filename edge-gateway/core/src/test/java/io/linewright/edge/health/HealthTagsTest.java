package io.linewright.edge.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.edge.config.Connection;
import io.linewright.edge.config.DeviceSettings;
import io.linewright.edge.config.EdgeFile;
import io.linewright.edge.config.GatewayIdentity;
import io.linewright.edge.config.GatewayIdentity.Confirm;
import io.linewright.edge.config.LogSettings;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagDescription;
import io.linewright.model.equipment.TagRole;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HealthTagsTest {

  private static final EquipmentPath GATEWAY = EquipmentPath.parse("acme/graz/gw-1");

  @Test
  void everythingThatIsToldIsDeclared() {
    HealthWatch watch = new HealthWatch();
    DeviceLook device = new DeviceLook("a/l/m0", new Books(1, 1, 0, 0), TagQuality.NONE);
    watch.see(
        List.of(
            new ConnectionLook(
                "c", HealthState.RUNNING, "", new Books(1, 1, 0, 0), List.of(device))),
        0);
    GatewayFigures process =
        new GatewayFigures(
            1,
            "v",
            new FileFigures("h", 0, 0, ""),
            OptionalDouble.of(1),
            1,
            OptionalLong.of(1),
            OptionalLong.of(1));

    List<TagDescription> declared = HealthTags.of(file(1), GATEWAY);

    assertThat(declared).extracting(tag -> tag.key().equipment()).containsOnly(GATEWAY);
    assertThat(declared)
        .filteredOn(tag -> !tag.key().name().equals(HealthTags.CANARY))
        .extracting(tag -> tag.key().name())
        .containsExactlyInAnyOrderElementsOf(watch.values(process, 0).keySet());
    assertThat(declared)
        .filteredOn(tag -> tag.role() == TagRole.HEARTBEAT)
        .extracting(tag -> tag.key().name())
        .containsExactly(HealthTags.CANARY);
    watch
        .values(process, 0)
        .forEach(
            (name, value) ->
                assertThat(declared)
                    .anyMatch(t -> t.key().name().equals(name) && t.type() == value.type()));
  }

  @Test
  void theNumberOfTagsIsBounded() {
    List<TagDescription> few = HealthTags.of(file(HealthTags.MOST_DEVICES), GATEWAY);

    assertThat(HealthTags.of(file(5 * HealthTags.MOST_DEVICES), GATEWAY)).hasSameSizeAs(few);
  }

  @Test
  void aNameThatWouldBeTooLongIsNotDeclared() {
    String longest = "m".repeat(60);
    EdgeFile file =
        file(List.of(device("acme/graz/" + String.join("/", longest, longest, longest, longest))));

    assertThat(HealthTags.of(file, GATEWAY))
        .noneMatch(tag -> tag.key().name().value().startsWith("device/"));
  }

  private static EdgeFile file(int devices) {
    return file(IntStream.range(0, devices).mapToObj(i -> device("acme/graz/a/l/m" + i)).toList());
  }

  private static DeviceSettings device(String path) {
    return new DeviceSettings(
        EquipmentPath.parse(path), Optional.empty(), "c", 1, List.of(), Map.of());
  }

  private static EdgeFile file(List<DeviceSettings> devices) {
    return new EdgeFile(
        new GatewayIdentity("acme:graz", "gw-1", "linewright", Confirm.BRIDGE),
        LogSettings.DEFAULT,
        List.of(
            new Connection.ModbusTcp(
                "c", "127.0.0.1", 502, Duration.ofSeconds(1), Duration.ofSeconds(1))),
        devices);
  }
}
