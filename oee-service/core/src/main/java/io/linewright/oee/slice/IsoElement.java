package io.linewright.oee.slice;

/**
 * Elements of time of ISO 22400-2:2014 that are sums of categories. What belongs to a composed one
 * is said by its definition there; time without data is no time of the standard's: it counts as
 * planned busy, so that a lost connection does not improve the availability.
 */
public enum IsoElement {
  /** Actual production time: the machine adds value, at whatever speed. */
  APT("actual production time"),
  /** Actual unit setup time. */
  AUST("actual unit setup time"),
  /** Actual unit delay time: it could produce and does not, for a short time or for others. */
  ADET("actual unit delay time"),
  /** Actual unit down time: it cannot produce, or nobody said why it does not. */
  ADOT("actual unit down time"),
  /** Actual unit processing time, APT + AUST. */
  AUPT("actual unit processing time"),
  /** Actual unit busy time, AUPT + ADET. */
  AUBT("actual unit busy time"),
  /** Planned busy time, POT less planned stops: AUBT + ADOT + time without data. */
  PBT("planned busy time"),
  /** Planned operation time: all of the time but what is not scheduled, or may still be told. */
  POT("planned operation time");

  private final String title;

  IsoElement(String title) {
    this.title = title;
  }

  /** Its name in the standard, without the abbreviation. */
  public String title() {
    return title;
  }

  /** Whether time of that category is part of it. */
  public boolean includes(TimeCategory category) {
    return switch (this) {
      case APT, AUST, ADET, ADOT -> category.element().filter(this::equals).isPresent();
      case AUPT -> APT.includes(category) || AUST.includes(category);
      case AUBT -> AUPT.includes(category) || ADET.includes(category);
      case PBT ->
          AUBT.includes(category) || ADOT.includes(category) || category == TimeCategory.NO_DATA;
      case POT -> PBT.includes(category) || category == TimeCategory.PLANNED_STOP;
    };
  }
}
