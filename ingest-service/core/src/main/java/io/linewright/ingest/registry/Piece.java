package io.linewright.ingest.registry;

import io.linewright.model.sample.DataType;

/**
 * A part of what is stored of a tag, all of one type and unit.
 *
 * @param tagId number of the stored tag
 * @param version number of type and unit within the series, ascending with time
 * @param unit UCUM code of the stored values
 * @param fromMicros begin, included, microseconds since the epoch
 * @param toMicros end, not included
 */
public record Piece(
    int tagId, int version, DataType type, String unit, long fromMicros, long toMicros) {

  /** Whether it has part of a range. */
  public boolean overlaps(long from, long to) {
    return fromMicros < to && toMicros > from;
  }

  Piece goingOn() {
    return new Piece(tagId, version, type, unit, fromMicros, Stretch.ON);
  }

  boolean sameAs(Piece other) {
    return type == other.type && unit.equals(other.unit);
  }

  /** Whether its values are numbers, which have a unit to convert from. */
  public boolean isNumber() {
    return type == DataType.DOUBLE || type == DataType.INTEGER;
  }
}
