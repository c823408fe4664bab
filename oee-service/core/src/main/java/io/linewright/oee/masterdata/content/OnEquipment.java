package io.linewright.oee.masterdata.content;

import io.linewright.model.equipment.EquipmentLevel;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.calendar.CalendarTimes.PlannedInterval;
import io.linewright.oee.masterdata.form.Block;
import io.linewright.oee.masterdata.form.MasterKind;
import io.linewright.oee.masterdata.form.Names;
import io.linewright.oee.masterdata.form.Scalar;
import io.linewright.oee.masterdata.form.Scalars;
import io.linewright.oee.time.Span;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Items about a piece of equipment that say little. */
public final class OnEquipment {

  /** The calendar that plans all time, without shifts; nobody need write it. */
  public static final String ALWAYS = "always";

  /** Reason of a planned stop that names none. */
  static final String PLANNED = "planned";

  private static final Scalar<String> REASON = Scalars.name("the reason");

  /** A planned stop of more than a year is a machine that is not scheduled, which calendars say. */
  private static final long LONGEST_STOP_DAYS = 366;

  private OnEquipment() {}

  /**
   * The zone of a site, or of an enterprise of which all sites have one.
   *
   * @param path which
   * @param zone by whose wall clock it works
   */
  public record Site(EquipmentPath path, ZoneId zone) implements Content {
    @Override
    public String key() {
      return path.toString();
    }
  }

  /**
   * That a calendar holds for equipment and all below.
   *
   * @param equipment which
   * @param calendar its name
   */
  public record Assignment(EquipmentPath equipment, String calendar) implements Content {
    @Override
    public String key() {
      return equipment.toString();
    }
  }

  /**
   * A stop that somebody planned, of equipment and all below.
   *
   * @param equipment which
   * @param interval when and why
   */
  public record Planned(EquipmentPath equipment, PlannedInterval interval) implements Content {
    @Override
    public String key() {
      return equipment + "@" + Instant.EPOCH.plus(interval.span().fromMicros(), ChronoUnit.MICROS);
    }
  }

  /**
   * A station without a machine.
   *
   * @param path where
   * @param name for people
   */
  public record ManualStation(EquipmentPath path, String name) implements Content {
    @Override
    public String key() {
      return path.toString();
    }
  }

  static Optional<EquipmentPath> equipment(Block block) {
    return block.required("equipment", Scalars.PATH);
  }

  static Optional<Site> site(Block block) {
    Optional<EquipmentPath> path =
        block.required(
            "path",
            level("a site", EquipmentLevel.ENTERPRISE, EquipmentLevel.SITE)
                .advising("write a path of one or two names such as acme/graz"));
    Optional<ZoneId> zone = block.required("zone", Scalars.ZONE);
    return path.isEmpty() || zone.isEmpty()
        ? Optional.empty()
        : Optional.of(new Site(path.get(), zone.get()));
  }

  static Optional<Assignment> assignment(Block block, Names names) {
    Optional<EquipmentPath> equipment = equipment(block);
    Optional<String> calendar =
        block.required("calendar", names.reference(MasterKind.CALENDAR, List.of(ALWAYS)));
    return equipment.isEmpty() || calendar.isEmpty()
        ? Optional.empty()
        : Optional.of(new Assignment(equipment.get(), calendar.get()));
  }

  static Optional<Planned> planned(Block block) {
    Optional<EquipmentPath> equipment = equipment(block);
    Optional<Long> from = block.required("from", Scalars.INSTANT);
    Optional<Long> to = block.required("to", Scalars.INSTANT);
    String reason = block.optional("reason", REASON).orElse(PLANNED);
    if (equipment.isEmpty() || from.isEmpty() || to.isEmpty()) {
      return Optional.empty();
    }
    long days = ChronoUnit.DAYS.getDuration().toNanos() / 1_000;
    if (to.get() <= from.get() || to.get() - from.get() > LONGEST_STOP_DAYS * days) {
      block.fault(
          "to",
          "is not after the begin, by at most %d days".formatted(LONGEST_STOP_DAYS),
          "write a later time, or use a calendar");
      return Optional.empty();
    }
    Span span = new Span(from.get(), to.get());
    return Optional.of(new Planned(equipment.get(), new PlannedInterval(span, reason)));
  }

  static Optional<ManualStation> manualStation(Block block) {
    Optional<EquipmentPath> path =
        block.required(
            "path",
            level("a station", EquipmentLevel.WORK_UNIT, EquipmentLevel.WORK_UNIT)
                .advising("write a path of five names as acme/graz/body/line-1/assembly-01"));
    Optional<String> name =
        block.optional("name", Scalars.text(120, "write a text of up to 120 characters"));
    return path.map(place -> new ManualStation(place, name.orElse(place.name())));
  }

  /** A path of such a level. */
  static Scalar<EquipmentPath> level(String what, EquipmentLevel least, EquipmentLevel most) {
    return Scalars.PATH.but(
        path -> {
          if (path.level().compareTo(least) < 0 || path.level().compareTo(most) > 0) {
            throw new IllegalArgumentException(
                "'%s' has %d names, which is not %s".formatted(path, path.segments().size(), what));
          }
          return path;
        });
  }
}
