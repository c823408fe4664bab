package io.linewright.edge.health;

import io.linewright.edge.config.Connection;
import io.linewright.edge.config.DeviceSettings;
import io.linewright.edge.config.EdgeFile;
import io.linewright.model.equipment.DataClass;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagDescription;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.equipment.TagName;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.DataType;
import io.linewright.model.unit.UcumUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tags by which a gateway tells its health; documented in {@code docs/edge-gateway.md}. */
public final class HealthTags {

  /** Most connections told one by one. */
  public static final int MOST_CONNECTIONS = 100;

  /** Most devices told one by one. */
  public static final int MOST_DEVICES = 300;

  /** The tag that travels the whole way every ten seconds. */
  public static final TagName CANARY = new TagName("health/canary");

  /** A figure with what it is. */
  enum Figure {
    STATE("state", DataType.STRING, "1"),
    DATA_AGE("data-age-s", DataType.INTEGER, "s"),
    VALUES_IN("values-in", DataType.INTEGER, "1"),
    VALUES_OUT("values-out", DataType.INTEGER, "1"),
    SET_ASIDE("set-aside", DataType.INTEGER, "1"),
    RECONNECTS("reconnects", DataType.INTEGER, "1"),
    LAST_ERROR("last-error", DataType.STRING, "1"),
    CONNECTION("connection", DataType.STRING, "1"),
    TAGS("tags", DataType.INTEGER, "1"),
    BAD_TAGS("bad-tags", DataType.INTEGER, "1"),
    BAD_TAG_LIST("bad-tag-list", DataType.STRING, "1"),
    IMPLAUSIBLE("implausible-times", DataType.INTEGER, "1"),
    UPTIME("uptime-s", DataType.INTEGER, "s"),
    VERSION("version", DataType.STRING, "1"),
    CONFIG_HASH("config-hash", DataType.STRING, "1"),
    CONFIG_TAKEN("config-taken", DataType.INTEGER, "1"),
    CONFIG_REFUSED("config-refused", DataType.INTEGER, "1"),
    CONFIG_ERROR("config-error", DataType.STRING, "1"),
    CPU("cpu-percent", DataType.DOUBLE, "%"),
    HEAP("heap-bytes", DataType.INTEGER, "By"),
    RSS("rss-bytes", DataType.INTEGER, "By"),
    DISK_FREE("disk-free-bytes", DataType.INTEGER, "By"),
    DEVICES("devices", DataType.INTEGER, "1"),
    DEVICES_LEFT_OUT("devices-left-out", DataType.INTEGER, "1");

    private final String text;
    private final DataType type;
    private final UcumUnit unit;

    Figure(String text, DataType type, String unit) {
      this.text = text;
      this.type = type;
      this.unit = new UcumUnit(unit);
    }

    TagName ofGateway() {
      return new TagName("health/" + text);
    }

    /** Of a part whose name may be too long for a tag name; it is then told nowhere. */
    Optional<TagName> of(String part) {
      String name = part + "/" + text;
      return name.length() > TagName.MAX_LENGTH ? Optional.empty() : Optional.of(new TagName(name));
    }
  }

  static final List<Figure> OF_CONNECTION =
      List.of(
          Figure.STATE,
          Figure.DATA_AGE,
          Figure.VALUES_IN,
          Figure.VALUES_OUT,
          Figure.SET_ASIDE,
          Figure.RECONNECTS,
          Figure.LAST_ERROR);
  static final List<Figure> OF_DEVICE =
      List.of(
          Figure.CONNECTION,
          Figure.STATE,
          Figure.DATA_AGE,
          Figure.VALUES_IN,
          Figure.VALUES_OUT,
          Figure.SET_ASIDE,
          Figure.TAGS,
          Figure.BAD_TAGS,
          Figure.BAD_TAG_LIST,
          Figure.IMPLAUSIBLE);
  static final List<Figure> OF_GATEWAY =
      List.of(
          Figure.STATE,
          Figure.UPTIME,
          Figure.VERSION,
          Figure.CONFIG_HASH,
          Figure.CONFIG_TAKEN,
          Figure.CONFIG_REFUSED,
          Figure.CONFIG_ERROR,
          Figure.CPU,
          Figure.HEAP,
          Figure.RSS,
          Figure.DISK_FREE,
          Figure.DEVICES,
          Figure.DEVICES_LEFT_OUT);

  private HealthTags() {}

  static String connection(String id) {
    return "connection/" + id;
  }

  static String device(String place) {
    return "device/" + place;
  }

  /** A device's path below its site. */
  public static String place(EquipmentPath device) {
    String[] parts = device.toString().split("/", 3);
    return parts[parts.length - 1];
  }

  /**
   * What a gateway with that file declares; bounded, whatever the file says.
   *
   * @param gateway path of the gateway itself
   */
  public static List<TagDescription> of(EdgeFile file, EquipmentPath gateway) {
    List<TagDescription> all = new ArrayList<>();
    all.add(tag(gateway, CANARY, DataType.INTEGER, UcumUnit.ONE, TagRole.HEARTBEAT));
    OF_GATEWAY.forEach(figure -> all.add(tag(gateway, figure.ofGateway(), figure)));
    file.connections().stream()
        .map(Connection::id)
        .limit(MOST_CONNECTIONS)
        .forEach(id -> add(all, gateway, connection(id), OF_CONNECTION));
    file.devices().stream()
        .map(DeviceSettings::path)
        .limit(MOST_DEVICES)
        .forEach(path -> add(all, gateway, device(place(path)), OF_DEVICE));
    return all;
  }

  private static void add(
      List<TagDescription> all, EquipmentPath gateway, String part, List<Figure> figures) {
    for (Figure figure : figures) {
      figure.of(part).ifPresent(name -> all.add(tag(gateway, name, figure)));
    }
  }

  private static TagDescription tag(EquipmentPath gateway, TagName name, Figure figure) {
    return tag(gateway, name, figure.type, figure.unit, TagRole.PROCESS_VALUE);
  }

  private static TagDescription tag(
      EquipmentPath gateway, TagName name, DataType type, UcumUnit unit, TagRole role) {
    return new TagDescription(
        new TagKey(gateway, name),
        type,
        unit,
        role,
        Optional.empty(),
        Optional.empty(),
        DataClass.ENTERPRISE,
        Optional.empty());
  }
}
