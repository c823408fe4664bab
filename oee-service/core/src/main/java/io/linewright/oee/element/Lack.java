package io.linewright.oee.element;

/**
 * Something that a machine does not tell, or that is missing in the master data, so that some
 * elements have no value. That a counter has no reading in a time is no lack: then nothing was
 * counted. It is one if there is no such counter.
 */
public enum Lack {
  /** No tag tells a state: nothing is known of the time. */
  STATE("a tag with the state of each machine"),
  /** It is not known how many items there were in all: PQ. */
  TOTAL("a counter of all items, or of good and of rejected ones, of each machine"),
  /** It is not known how many items were good: GQ. */
  GOOD("a counter of good items, or of all and of rejected ones, of each machine"),
  /** It is not known how many items were rejected: SQ. */
  REJECT("a counter of rejected items, or of all and of good ones, of each machine"),
  /** It is not known how many items were made again: RQ. */
  REWORK("a counter of reworked items of each machine"),
  /** It is not known how many items were inspected, and good the first time: IP, GP. */
  INSPECTION("inspection of items, as master data say of each machine"),
  /**
   * Items were made that have no ideal cycle on their machine, or nothing was made and the machine
   * has no ideal cycle of anything: PRI. A night without product lacks nothing, else no day with
   * one would have an effectiveness.
   */
  IDEAL("an ideal cycle time of each product on each machine that made it"),
  /**
   * Items were made, and neither their order nor their product says how much scrap is planned: PSQ.
   */
  PLANNED_SCRAP("planned scrap of each order or of its product"),
  /** Nobody said how much a machine can make: EPC. */
  CAPACITY("the production capacity of each machine"),
  /** No tag tells energy or power: E. */
  ENERGY("a tag with energy or power of each machine");

  private final String title;

  Lack(String title) {
    this.title = title;
  }

  /** What there would have to be, as part of a sentence. */
  public String title() {
    return title;
  }
}
