package io.linewright.oee.masterdata.form;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What master data are about; in the order in which a document is read and written. */
public enum MasterKind {
  /** Time zones of sites. */
  SITE("sites", false, false),
  /** Shifts, patterns and days that are otherwise. */
  CALENDAR("calendars", true, true),
  /** Which calendar holds for which equipment. */
  CALENDAR_ASSIGNMENT("calendar-assignments", false, true),
  /** Planned maintenance and other stops that somebody planned. */
  PLANNED_STOP("planned-stops", false, false),
  /** What is made. */
  PRODUCT("products", false, false),
  /** How long an item takes at best. */
  IDEAL_CYCLE("ideal-cycles", false, true),
  /** How lines are built. */
  LINE("lines", false, true),
  /** Why machines may stand still. */
  REASON_TREE("reason-trees", true, true),
  /** What the words of machines mean. */
  STATE_MODEL("state-models", true, true),
  /** How machines are understood. */
  MACHINE_RULES("machine-rules", false, true),
  /** What a characteristic of a product may be. */
  TOLERANCE("tolerances", false, true),
  /** Stations without a machine, of which people report. */
  MANUAL_STATION("manual-stations", false, false);

  private final String section;
  private final boolean named;
  private final boolean dated;

  MasterKind(String section, boolean named, boolean dated) {
    this.section = section;
    this.named = named;
    this.dated = dated;
  }

  /** Name of its section in a document, and of the kind everywhere else. */
  public String section() {
    return section;
  }

  /** Whether its section is a mapping by name; it is a list otherwise. */
  public boolean named() {
    return named;
  }

  /** Whether what is said holds from a day on ({@code valid-from}); it always holds otherwise. */
  public boolean dated() {
    return dated;
  }

  /** The kind of a section; empty if there is none. */
  public static Optional<MasterKind> of(String section) {
    return Arrays.stream(values()).filter(kind -> kind.section.equals(section)).findFirst();
  }

  /** All sections, in the order of the kinds. */
  public static List<String> sections() {
    return Arrays.stream(values()).map(MasterKind::section).toList();
  }
}
