package io.linewright.oee.event;

/** What a machine tells by one of its tags, as the tag's role says. */
public enum TrackKind {
  /** The state, by number or word. */
  STATE(0, Form.STATE),
  /** A counter of good items. */
  GOOD(1, Form.COUNT),
  /** A counter of items that were rejected. */
  REJECT(2, Form.COUNT),
  /** A counter of items that were made again. */
  REWORK(3, Form.COUNT),
  /** A counter of all items. */
  TOTAL(4, Form.COUNT),
  /** The production order that is worked on. */
  ORDER(5, Form.CONTEXT),
  /** The product that is made. */
  PRODUCT(6, Form.CONTEXT),
  /** The lot that is made. */
  LOT(7, Form.CONTEXT),
  /** The serial number of the item that is made. */
  SERIAL(8, Form.CONTEXT),
  /** Why the machine stands still. */
  STOP_REASON(9, Form.CONTEXT),
  /** A counter of energy, in kWh. */
  ENERGY(10, Form.ENERGY),
  /** Electric power, in kW. */
  POWER(11, Form.ENERGY);

  /** Which of the events tells it. */
  enum Form {
    STATE,
    COUNT,
    CONTEXT,
    ENERGY
  }

  private static final TrackKind[] BY_NUMBER = values();

  private final int number;
  private final Form form;

  TrackKind(int number, Form form) {
    this.number = number;
    this.form = form;
  }

  /** The number that stands for it where it is stored, 0 to 11; it never changes. */
  public int number() {
    return number;
  }

  /**
   * The kind of a stored number.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static TrackKind ofNumber(int number) {
    if (number < 0 || number >= BY_NUMBER.length) {
      throw new IllegalArgumentException("there is no kind of track " + number);
    }
    return BY_NUMBER[number];
  }

  Form form() {
    return form;
  }

  /** Whether it is told by numbers, not by texts. */
  boolean numeric() {
    return form == Form.COUNT || form == Form.ENERGY;
  }
}
