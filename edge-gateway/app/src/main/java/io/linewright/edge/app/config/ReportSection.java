package io.linewright.edge.app.config;

import io.linewright.edge.logic.report.Reporting;
import io.linewright.edge.opcua.Deadband;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.equipment.ValueRange;
import io.linewright.model.sample.DataType;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Section {@code report} of a tag. */
final class ReportSection {

  /** Each change of such tags is an event of its own; thinned, there would be fewer. */
  private static final Set<TagRole> EVERY_CHANGE_COUNTS =
      EnumSet.of(
          TagRole.MACHINE_STATE,
          TagRole.ALARM,
          TagRole.STOP_REASON,
          TagRole.ORDER,
          TagRole.PRODUCT,
          TagRole.LOT,
          TagRole.SERIAL);

  /**
   * @param type type of the tag; empty if it was wrong
   * @param range range of the tag, for percent
   */
  static Reporting read(
      YamlMap map, Optional<DataType> type, TagRole role, Optional<ValueRange> range) {
    OptionalDouble deadband = deadband(map, type, range);
    Optional<Duration> least =
        map.parsed(
            "min-interval",
            Scalars.duration(Duration.ofMillis(10), Duration.ofDays(1)),
            "write 10ms to 1d");
    Optional<Duration> most =
        map.parsed(
            "max-interval",
            Scalars.duration(Duration.ofSeconds(1), Duration.ofDays(7)),
            "write 1s to 7d");
    map.noOtherKeys();
    if (least.isPresent() && most.isPresent() && most.get().compareTo(least.get()) < 0) {
      map.problem("max-interval", "is shorter than min-interval", "write the same or more");
      return Reporting.ALL;
    }
    if (EVERY_CHANGE_COUNTS.contains(role)) {
      for (String key : new String[] {"deadband", "min-interval"}) {
        if (map.has(key)) {
          map.problem(key, "would swallow changes of a tag of role '" + role + "'", "remove it");
        }
      }
    }
    return new Reporting(deadband, least, most);
  }

  private static OptionalDouble deadband(
      YamlMap map, Optional<DataType> type, Optional<ValueRange> range) {
    Optional<Deadband> deadband =
        map.parsed(
            "deadband",
            Deadband::parse,
            "write a number in the tag's unit, as 0.5, or of its range, as 2%");
    if (deadband.isEmpty()) {
      return OptionalDouble.empty();
    }
    if (type.isPresent() && type.get() != DataType.DOUBLE && type.get() != DataType.INTEGER) {
      map.problem("deadband", "'" + type.get() + "' is not a number", "remove it");
      return OptionalDouble.empty();
    }
    if (deadband.get().kind() == Deadband.Kind.PERCENT && range.isEmpty()) {
      map.problem("deadband", "is a part of a range that is not given", "give the tag a range");
    }
    return deadband.get().inUnits(range);
  }

  private ReportSection() {}
}
