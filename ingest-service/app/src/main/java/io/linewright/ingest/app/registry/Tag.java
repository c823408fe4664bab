package io.linewright.ingest.app.registry;

import io.linewright.ingest.registry.Stretch;
import io.linewright.ingest.registry.TagVersion;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tag as the registry knows it.
 *
 * @param id number of the tag in this installation
 * @param path equipment path under which its values arrive; of a tag as it is shown: that of its
 *     equipment
 * @param name name within the equipment
 * @param type of its values at present
 * @param unit UCUM code of its values at present
 * @param announced false while only its values have made it known
 * @param versions types and units over time, ascending; empty if they never changed
 */
public record Tag(
    int id,
    String path,
    String name,
    DataType type,
    String unit,
    TagRole role,
    @Nullable Double rangeLow,
    @Nullable Double rangeHigh,
    @Nullable Long samplingMillis,
    String dataClass,
    @Nullable String owner,
    boolean announced,
    List<TagVersion> versions) {

  public Tag {
    versions = List.copyOf(versions);
  }

  /** {@code path#name}. */
  public String key() {
    return path + "#" + name;
  }

  /** Whether the tag belongs to this equipment or to a part of it; null: to any. */
  public boolean under(@Nullable String equipment) {
    return equipment == null || under(path, equipment);
  }

  /** Whether the equipment at {@code path} is the one at {@code top} or a part of it. */
  public static boolean under(String path, String top) {
    return path.startsWith(top)
        && (path.length() == top.length() || path.charAt(top.length()) == '/');
  }

  /** Number of its present type and unit, from 1. */
  public int version() {
    return versions.isEmpty() ? 1 : versions.getLast().version();
  }

  /** What its values are at an instant, microseconds since the epoch. */
  public TagVersion versionAt(long micros) {
    for (TagVersion one : versions.reversed()) {
      if (one.fromMicros() <= micros) {
        return one;
      }
    }
    return new TagVersion(1, Stretch.EVER, type, unit);
  }

  /**
   * Whether an announcement to come can change what its values are at an instant: a version begins
   * after the one before it.
   */
  boolean mayChangeAt(long micros) {
    return versions.isEmpty() || versions.getLast().fromMicros() <= micros;
  }

  /** Whether its values ever had, or have, a type. */
  public boolean everHad(DataType other) {
    return type == other || versions.stream().anyMatch(version -> version.type() == other);
  }

  /** The same tag as it was until an instant: without what has changed from then on. */
  Tag until(long micros) {
    List<TagVersion> begun =
        versions.stream().filter(version -> version.fromMicros() < micros).toList();
    return begun.isEmpty() || begun.size() == versions.size()
        ? this
        : as(path, begun.getLast().type(), begun.getLast().unit(), begun);
  }

  /** The same tag under another path. */
  public Tag at(String other) {
    return other.equals(path) ? this : as(other, type, unit, versions);
  }

  /** The same tag with values of another type and unit. */
  public Tag with(DataType otherType, String otherUnit) {
    return otherType == type && otherUnit.equals(unit)
        ? this
        : as(path, otherType, otherUnit, versions);
  }

  /** A stored tag, for its values of one type to be read. */
  public Tag stored(int number, DataType storedType) {
    return new Tag(
        number,
        path,
        name,
        storedType,
        unit,
        role,
        rangeLow,
        rangeHigh,
        samplingMillis,
        dataClass,
        owner,
        announced,
        List.of());
  }

  Tag with(List<TagVersion> others) {
    return others.equals(versions) ? this : as(path, type, unit, others);
  }

  private Tag as(String otherPath, DataType otherType, String otherUnit, List<TagVersion> others) {
    return new Tag(
        id,
        otherPath,
        name,
        otherType,
        otherUnit,
        role,
        rangeLow,
        rangeHigh,
        samplingMillis,
        dataClass,
        owner,
        announced,
        others);
  }
}
