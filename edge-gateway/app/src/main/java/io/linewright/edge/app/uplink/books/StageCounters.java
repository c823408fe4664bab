package io.linewright.edge.app.uplink.books;

import io.linewright.model.equipment.DataClass;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagDescription;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.equipment.TagName;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.DataType;
import io.linewright.model.unit.UcumUnit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tags of the gateway itself: the books of its stages. */
public final class StageCounters {

  /** Time between two values of a counter that changes. */
  public static final Duration INTERVAL = Duration.ofSeconds(2);

  private static final UcumUnit MILLISECOND = new UcumUnit("ms");
  private static final UcumUnit BYTE = new UcumUnit("By");

  /**
   * The values of one moment.
   *
   * @param driver books of the drivers
   * @param logged samples stored
   * @param confirmed samples confirmed by the platform
   * @param lost samples lost, each with a loss record
   * @param repeats samples that said what was known already
   * @param sent samples sent, repeats included
   * @param resent records sent again
   * @param backlogRecords records of the backlog
   * @param backlogAgeMillis age of the oldest
   * @param bytes bytes of the log in use
   * @param setAside records that could not be sent, kept on the shelf
   */
  public record Values(
      DriverStatus driver,
      long logged,
      long confirmed,
      long lost,
      long repeats,
      long sent,
      long resent,
      long backlogRecords,
      long backlogAgeMillis,
      long bytes,
      long setAside) {

    public Map<String, Long> byName() {
      Map<String, Long> values = new LinkedHashMap<>();
      values.put("stage/driver/in", driver.in());
      values.put("stage/driver/out", driver.out());
      values.put("stage/driver/set-aside", driver.setAside());
      values.put("stage/logic/in", driver.logic().in());
      values.put("stage/logic/out", driver.logic().out());
      values.put("stage/logic/suppressed", driver.logic().suppressed());
      values.put("stage/logic/kept", driver.logic().kept());
      values.put("stage/logic/made", driver.logic().made());
      values.put("stage/log/in", logged);
      values.put("stage/log/out", confirmed);
      values.put("stage/log/set-aside", lost);
      values.put("stage/log/repeats", repeats);
      values.put("stage/mqtt/out", sent);
      values.put("stage/mqtt/resent", resent);
      values.put("log/backlog-records", backlogRecords);
      values.put("log/backlog-age-ms", backlogAgeMillis);
      values.put("log/bytes", bytes);
      values.put("log/set-aside-records", setAside);
      return values;
    }
  }

  private StageCounters() {}

  /** What the tags are. */
  public static List<TagDescription> descriptions(EquipmentPath gateway) {
    List<TagDescription> tags = new ArrayList<>();
    Values none = new Values(DriverStatus.NONE, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    for (String name : none.byName().keySet()) {
      tags.add(
          new TagDescription(
              new TagKey(gateway, new TagName(name)),
              DataType.INTEGER,
              unit(name),
              TagRole.STAGE_COUNTER,
              Optional.empty(),
              Optional.empty(),
              DataClass.ENTERPRISE,
              Optional.empty()));
    }
    return tags;
  }

  private static UcumUnit unit(String name) {
    return switch (name) {
      case "log/backlog-age-ms" -> MILLISECOND;
      case "log/bytes" -> BYTE;
      default -> UcumUnit.ONE;
    };
  }
}
