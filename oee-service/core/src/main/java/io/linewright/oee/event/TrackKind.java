package io.linewright.oee.event;

/** What a machine tells by one of its tags, as the tag's role says. */
public enum TrackKind {
  /** The state, by number or word. */
  STATE,
  /** A counter of good items. */
  GOOD,
  /** A counter of items that were rejected. */
  REJECT,
  /** A counter of items that were made again. */
  REWORK,
  /** A counter of all items. */
  TOTAL,
  /** The production order that is worked on. */
  ORDER,
  /** The product that is made. */
  PRODUCT,
  /** The lot that is made. */
  LOT,
  /** The serial number of the item that is made. */
  SERIAL,
  /** Why the machine stands still. */
  STOP_REASON,
  /** A counter of energy, in kWh. */
  ENERGY,
  /** Electric power, in kW. */
  POWER
}
