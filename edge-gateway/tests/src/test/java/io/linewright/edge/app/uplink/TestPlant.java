package io.linewright.edge.app.uplink;

import io.linewright.edge.config.Connection;
import io.linewright.edge.config.DeviceSettings;
import io.linewright.edge.config.EdgeFile;
import io.linewright.edge.config.GatewayIdentity;
import io.linewright.edge.config.GatewayIdentity.Confirm;
import io.linewright.edge.config.LogSettings;
import io.linewright.edge.config.TagAddress;
import io.linewright.edge.config.TagSettings;
import io.linewright.model.equipment.DataClass;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagDescription;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.equipment.TagName;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.equipment.ValueRange;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.model.unit.UcumUnit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gateway files and samples for tests. */
final class TestPlant {

  static final EquipmentPath MILL = EquipmentPath.parse("acme/graz/machining/line-1/mill-01");
  static final String MILL_ID = "machining:line-1:mill-01";
  static final TagName COUNT = new TagName("count/good");
  static final TagName TEMPERATURE = new TagName("spindle/temperature");

  private TestPlant() {}

  static EdgeFile file(Confirm confirm, LogSettings log, TagName... millTags) {
    List<DeviceSettings> devices = new ArrayList<>();
    devices.add(device(MILL, millTags));
    return new EdgeFile(
        new GatewayIdentity("acme:graz", "gw-1", "linewright", confirm),
        log,
        List.<Connection>of(),
        devices);
  }

  static EdgeFile file() {
    return file(Confirm.BRIDGE, LogSettings.DEFAULT, COUNT, TEMPERATURE);
  }

  static EdgeFile file(int devices, int tags) {
    List<DeviceSettings> all = new ArrayList<>();
    for (int d = 0; d < devices; d++) {
      TagName[] names = new TagName[tags];
      for (int t = 0; t < tags; t++) {
        names[t] = new TagName("process/value-" + t);
      }
      all.add(device(EquipmentPath.parse("acme/graz/machining/line-1/machine-" + d), names));
    }
    return new EdgeFile(
        new GatewayIdentity("acme:graz", "gw-1", "linewright", Confirm.BRIDGE),
        LogSettings.DEFAULT,
        List.<Connection>of(),
        all);
  }

  private static DeviceSettings device(EquipmentPath path, TagName... names) {
    List<TagSettings> tags = new ArrayList<>();
    for (TagName name : names) {
      tags.add(
          new TagSettings(
              description(path, name), new TagAddress.OpcUaNode("ns=1;s=" + name.value())));
    }
    return new DeviceSettings(path, Optional.empty(), "machining", 0, tags, Map.of());
  }

  private static TagDescription description(EquipmentPath path, TagName name) {
    boolean count = name.equals(COUNT);
    return new TagDescription(
        new TagKey(path, name),
        count ? DataType.INTEGER : DataType.DOUBLE,
        count ? UcumUnit.ONE : new UcumUnit("Cel"),
        count ? TagRole.GOOD_COUNT : TagRole.TEMPERATURE,
        count ? Optional.empty() : Optional.of(new ValueRange(0, 150)),
        Optional.of(Duration.ofSeconds(1)),
        DataClass.SITE,
        Optional.empty());
  }

  static Sample count(long micros, long value) {
    return new Sample(SampleValue.of(value), StatusCode.GOOD, micros, 0);
  }
}
