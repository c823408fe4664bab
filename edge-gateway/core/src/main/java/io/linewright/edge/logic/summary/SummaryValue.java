package io.linewright.edge.logic.summary;

import io.linewright.model.sample.DataType;
import io.linewright.model.unit.UcumUnit;
import java.util.Locale;
import java.util.Optional;

/** A figure of a window. */
public enum SummaryValue {
  /** Good values whose time lies in the window. */
  COUNT(DataType.INTEGER, Optional.of(UcumUnit.ONE)),
  /** Least number that held in the window, the one at its beginning included. */
  MIN(DataType.DOUBLE, Optional.empty()),
  /** Greatest number that held in the window, the one at its beginning included. */
  MAX(DataType.DOUBLE, Optional.empty()),
  /** Mean over the time in which a good number held; a number holds until the next (stepped). */
  MEAN(DataType.DOUBLE, Optional.empty()),
  /** Number that held at the end. */
  LAST(DataType.DOUBLE, Optional.empty()),
  /** Share of the window in which a good number held. */
  PERCENT_GOOD(DataType.DOUBLE, Optional.of(new UcumUnit("%"))),
  /** Time of the first good value in the window, microseconds since 1970. */
  FIRST_TIME(DataType.INTEGER, Optional.of(new UcumUnit("us"))),
  /** Time of the last good value in the window, microseconds since 1970. */
  LAST_TIME(DataType.INTEGER, Optional.of(new UcumUnit("us")));

  private final DataType type;
  private final Optional<UcumUnit> unit;

  SummaryValue(DataType type, Optional<UcumUnit> unit) {
    this.type = type;
    this.unit = unit;
  }

  /** Type of the derived tag. */
  public DataType type() {
    return type;
  }

  /** Unit of the derived tag; empty: that of the tag. */
  public Optional<UcumUnit> unit() {
    return unit;
  }

  /** Kebab case, as in the gateway file and in the names of derived tags. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
